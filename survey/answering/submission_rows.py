"""What one submission writes, made of the link, the page that was opened and what was answered."""

from datetime import date, timedelta

from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.careless import find_signs
from survey.questionnaires.rules.reading import Reading
from survey.rewards import claims
from survey.rewards.rules.doubts import Earning
from survey.sealing import seal

from .links import OpenLink
from .page_sessions import Opened
from .queries import HandIn, SealedContact

PAID = Earning()


def given(
    link: OpenLink, opened: Opened, reading: Reading, language: str, today: date, paid: Earning = PAID
) -> HandIn:
    """``language`` is the one she answered in, ``today`` the day it is where the company is, ``paid`` what
    becomes of the points that the page promised."""
    return HandIn(
        place_id=link.place_id,
        submission_id=opened.page.submission_id,
        employee_id=link.employee_id,
        version_id=opened.page.version_id,
        day=today,
        channel=link.channel,
        locale=language,
        answers=reading.answers,
        signs=_signs(link.definition, opened, reading),
        claim_hash=claims.code_hash(opened.claim_code) if opened.page.points and paid.points else None,
        doubt=paid.doubt,
        points=opened.page.points,
        campaign_id=opened.page.campaign_id,
        expires_on=claims.expiry(today),
        places_in=link.maxima,
        contacts=_sealed(link, reading, today) if reading.contacts else (),
    )


def _signs(definition: Definition | None, opened: Opened, reading: Reading) -> int | None:
    """Of the seconds that she took nothing is kept but whether they were too few."""
    return None if definition is None else find_signs(definition, reading.answers, opened.seconds).signs


def _sealed(link: OpenLink, reading: Reading, today: date) -> tuple[SealedContact, ...]:
    monday = today - timedelta(days=today.weekday())
    return tuple(
        SealedContact(
            questionnaire_id=link.questionnaire_id,
            week=monday,
            name=seal(contact["name"], "contact name"),
            phone=seal(contact["phone"], "contact phone"),
        )
        for contact in reading.contacts.values()
    )

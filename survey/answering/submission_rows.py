"""What one submission writes is made from the link, the page that was opened and the answers."""

from datetime import date, timedelta

from survey import settings
from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.careless import find_signs
from survey.questionnaires.rules.reading import Reading
from survey.rewards import claims
from survey.rewards.rules.doubts import Earning
from survey.sealing import seal

from .links import OpenLink
from .page_sessions import PageSession
from .queries import SealedContact, Submission

PAID = Earning()


def make_submission(
    link: OpenLink, opened: PageSession, reading: Reading, language: str, today: date, paid: Earning = PAID
) -> Submission:
    """Return what this submission writes.

    ``language`` is that of the customer's page, ``today`` the date in the company's time zone. ``paid`` says
    what becomes of the points that the page promised.
    """
    return Submission(
        place_id=opened.page.place_id,
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
        limit_rows=link.maxima,
        contacts=_sealed(link, reading, today) if reading.contacts else (),
        may_be_released=settings.current().day_of(opened.page.opened_at) != today,
    )


def _signs(definition: Definition | None, opened: PageSession, reading: Reading) -> int | None:
    """Return the signs of a careless response; only whether the seconds were too few is kept of the time."""
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

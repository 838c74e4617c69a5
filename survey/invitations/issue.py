"""The use case "issue a link"."""

import secrets

from survey.places.models import Employee, Place
from survey.questionnaires.models import Questionnaire
from survey.transaction import transaction

from .models import Link

# Neither 0/o, 1/l/i nor u/v: what is read from a poster is typed right.
ALPHABET = "23456789abcdefghjkmnpqrstwxyz"
LENGTH = 8


def new_code() -> str:
    """8 characters, 38 random bits: one in 10^8 guesses hits one of 2,000 links."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def issue_link(
    place: Place,
    questionnaire: Questionnaire,
    employee: Employee | None = None,
    points: int = 0,
    campaign: str = "",
    channel: str = "qr",
) -> Link:
    """Makes a lasting link to ``questionnaire`` about ``place``, or about ``employee`` at it."""
    with transaction() as session:
        link = Link(
            code=new_code(),
            place_id=place.id,
            employee_id=employee.id if employee else None,
            questionnaire_id=questionnaire.id,
            points=points,
            campaign=campaign,
            channel=channel,
        )
        session.add(link)
    return link

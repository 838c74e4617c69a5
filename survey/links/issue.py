"""The use case "issue": create the lasting links of service points and their employees."""

import secrets

from survey.places.models import Employee, Place
from survey.questionnaires.models import Questionnaire
from survey.transaction import retry_on_conflict, transaction

from . import queries
from .models import Link
from .rules import ALPHABET, LENGTH


class LinkRefused(ValueError):
    """The link is not possible. ``reason`` is "not a service point", "retired" or "serves elsewhere"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AlreadyIssued(ValueError):
    """``link`` exists already for the same place, employee, questionnaire and channel."""

    def __init__(self, link: Link) -> None:
        super().__init__(f"there is a link already: {link.code}")
        self.link = link


def new_code() -> str:
    """Return a random code of 8 characters (38 bits): with 2,000 links, one in 10^8 guesses is a link."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def issue_link(
    place: Place,
    questionnaire: Questionnaire,
    employee: Employee | None = None,
    channel: str = "qr",
) -> Link:
    """Create the lasting link to ``questionnaire`` about ``place``, or about ``employee`` at it.

    Raises LinkRefused, and AlreadyIssued when the link exists, even if it was created concurrently.
    """
    _check(place, employee)

    def issue() -> Link:
        with transaction() as session:
            employee_id = employee.id if employee else None
            existing = queries.twin(place.id, employee_id, questionnaire.id, channel)
            if existing is not None:
                raise AlreadyIssued(existing)
            link = Link(
                code=new_code(),
                place_id=place.id,
                employee_id=employee_id,
                questionnaire_id=questionnaire.id,
                channel=channel,
            )
            session.add(link)
        return link

    return retry_on_conflict(issue)


def issue_missing(top: Place, questionnaire: Questionnaire, channel: str = "qr") -> int:
    """Create the missing links to ``questionnaire`` of the service points of ``top``; return how many."""

    def issue() -> int:
        with transaction() as session:
            places = queries.points_without(top, questionnaire, channel)
            session.add_all(
                Link(
                    code=new_code(),
                    place_id=place.id,
                    questionnaire_id=questionnaire.id,
                    channel=channel,
                )
                for place in places
            )
        return len(places)

    return retry_on_conflict(issue)


def _check(place: Place, employee: Employee | None) -> None:
    if place.kind != "point":
        raise LinkRefused("not a service point")
    if employee is not None and employee.place_id != place.id:
        raise LinkRefused("serves elsewhere")
    if place.retired_on is not None or (employee is not None and employee.retired_on is not None):
        raise LinkRefused("retired")

"""The use case "issue": service points, and employees who serve there, get their lasting links."""

import secrets

from survey.places.models import Employee, Place
from survey.questionnaires.models import Questionnaire
from survey.transaction import retried, transaction

from . import queries
from .models import Link
from .rules import ALPHABET, LENGTH


class LinkRefused(ValueError):
    """There can be no such link. ``reason`` is "not a service point", "retired" or "serves elsewhere"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AlreadyIssued(ValueError):
    """There is a ``link`` for these already."""

    def __init__(self, link: Link) -> None:
        super().__init__(f"there is a link already: {link.code}")
        self.link = link


def new_code() -> str:
    """8 characters, 38 random bits: one in 10^8 guesses hits one of 2,000 links."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def issue_link(
    place: Place,
    questionnaire: Questionnaire,
    employee: Employee | None = None,
    channel: str = "qr",
) -> Link:
    """Makes the lasting link to ``questionnaire`` about ``place``, or about ``employee`` at it.

    Raises LinkRefused, and AlreadyIssued when there is one: also when somebody else makes it at this moment.
    """
    _check(place, employee)

    def issue() -> Link:
        with transaction() as session:
            employee_id = employee.id if employee else None
            there = queries.twin(place.id, employee_id, questionnaire.id, channel)
            if there is not None:
                raise AlreadyIssued(there)
            link = Link(
                code=new_code(),
                place_id=place.id,
                employee_id=employee_id,
                questionnaire_id=questionnaire.id,
                channel=channel,
            )
            session.add(link)
        return link

    return retried(issue)


def issue_missing(top: Place, questionnaire: Questionnaire, channel: str = "qr") -> int:
    """Gives every service point of ``top`` that has no link to ``questionnaire`` one; returns how many."""

    def issue() -> int:
        with transaction() as session:
            without = queries.points_without(top, questionnaire, channel)
            session.add_all(
                Link(
                    code=new_code(),
                    place_id=place.id,
                    questionnaire_id=questionnaire.id,
                    channel=channel,
                )
                for place in without
            )
        return len(without)

    return retried(issue)


def _check(place: Place, employee: Employee | None) -> None:
    if place.kind != "point":
        raise LinkRefused("not a service point")
    if employee is not None and employee.place_id != place.id:
        raise LinkRefused("serves elsewhere")
    if place.retired_on is not None or (employee is not None and employee.retired_on is not None):
        raise LinkRefused("retired")

"""SQL of answering: looking up the customer's link, and a submission that is stored."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, func, select

from survey.db import db
from survey.links.models import Link
from survey.places.models import Employee, Place
from survey.questionnaires.definition import Answers
from survey.questionnaires.models import Questionnaire, Version
from survey.responses.models import Response, Waiting


@dataclass(frozen=True)
class SealedContact:
    """The encrypted name and phone number of a customer who asks for a callback. ``week`` is its Monday."""

    questionnaire_id: int
    week: date
    name: bytes
    phone: bytes


@dataclass(frozen=True)
class Submission:
    """All that one submission writes.

    ``claim_hash`` is None when no points are earned; ``doubt`` is why they are put under review, or "".
    ``limit_rows`` are the rows, by table and id, that have a maximum. ``signs`` are those of a careless
    response (see CarelessSigns.signs). ``may_be_released`` is whether the submission could have been stored
    on an earlier day, and released since: then it is looked for there too.
    """

    place_id: int
    submission_id: uuid.UUID
    employee_id: int | None
    version_id: int
    day: date
    channel: str
    locale: str
    answers: Answers
    claim_hash: bytes | None
    points: int
    campaign_id: int
    expires_on: date
    limit_rows: tuple[tuple[str, int], ...] = ()
    contacts: tuple[SealedContact, ...] = ()
    signs: int | None = None
    doubt: str = ""
    may_be_released: bool = True


@dataclass(frozen=True)
class StoredResponse:
    """The version, the language and the answers of a response."""

    version_id: int
    locale: str
    answers: Answers


def link(code: str) -> Row[Link, Place, Employee | None, Questionnaire, Version | None] | None:
    """Return the link with this code and all that its page needs; the version is None before publication.

    The place of an employee's link is the service point where they work now.
    """
    statement = (
        select(Link, Place, Employee, Questionnaire, Version)
        .select_from(Link)
        .outerjoin(Employee, Employee.id == Link.employee_id)
        .join(Place, Place.id == func.coalesce(Employee.place_id, Link.place_id))
        .join(Questionnaire, Questionnaire.id == Link.questionnaire_id)
        .outerjoin(
            Version, (Version.questionnaire_id == Link.questionnaire_id) & (Version.state == "published")
        )
        .where(Link.code == code)
    )
    return db.session.execute(statement).first()


def codes_from_root(place: Place) -> tuple[str, ...]:
    """Return the codes of the places from the root to this one."""
    statement = select(Place.code).where(Place.id.in_(place.ancestor_ids)).order_by(Place.path)
    return tuple(db.session.scalars(statement))


def version(version_id: int) -> Version | None:
    return db.session.get(Version, version_id)


def is_stored(place_id: int, submission_id: uuid.UUID) -> bool:
    """Return whether a submission is stored: whether its answers wait or are released."""
    return stored_response(place_id, submission_id) is not None


def stored_response(place_id: int, submission_id: uuid.UUID) -> StoredResponse | None:
    """Return the answers of this submission, or None when it is not stored.

    Those that wait are looked up first: answers that are released meanwhile are found by the second look.
    """
    for table in (Waiting, Response):
        statement = select(table.version_id, table.locale, table.answers).filter_by(
            place_id=place_id, id=submission_id
        )
        row = db.session.execute(statement).first()
        if row is not None:
            return StoredResponse(row.version_id, row.locale, row.answers)
    return None

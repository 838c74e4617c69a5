"""Queries that find and remove the demonstration's rows."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import delete, exists, func, or_, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from survey import settings
from survey.batches.models import Arrival, Batch, Carried, Queue
from survey.db import db
from survey.demo.refusal import DemonstrationRefused
from survey.demo.sign_ins import SIGN_INS
from survey.links.models import Link
from survey.people.models import Staff
from survey.places.models import Employee, Place
from survey.questionnaires.models import Questionnaire, Trial, Version
from survey.responses.models import Contact, Response, Waiting
from survey.tallies.models import Part, Tally
from survey.targets.models import Target
from survey.transaction import Session
from survey.weighting.models import Total

from . import points

PLACES = select(Place.id).where(Place.demonstration)
QUEUES = select(Queue.id).where(Queue.place_id.in_(PLACES))
# The key of the advisory lock: any number that no other feature locks.
LOADING = 0x7A11_1E6


@contextmanager
def exclusive_lock() -> Iterator[None]:
    """Wait until no other process loads or clears the demonstration, and lock others out within the block.

    The lock of a process that is killed is released.
    """
    if db.engine.name == "sqlite":
        path = settings.current().instance / "demonstration.lock"
        path.touch(mode=0o600)
        with path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOADING})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOADING})


def is_loaded() -> bool:
    """Return whether any place belongs to the demonstration."""
    return bool(db.session.scalar(select(exists().where(Place.demonstration))))


def is_unfinished() -> bool:
    """Return whether a load is running or was killed: the sign-ins, which come last, are not complete."""
    sign_ins = db.session.scalar(select(func.count()).where(Staff.demonstration)) or 0
    return is_loaded() and sign_ins < len(SIGN_INS)


def has_places(real: bool = False) -> bool:
    """Return whether there are places; ``real`` places do not belong to the demonstration."""
    condition = exists().where(~Place.demonstration if real else Place.id.is_not(None))
    return bool(db.session.scalar(select(condition)))


def mark(slug: str) -> None:
    db.session.execute(update(Questionnaire).where(Questionnaire.slug == slug).values(demonstration=True))


def taken_usernames(names: list[str]) -> list[str]:
    return list(db.session.scalars(select(Staff.username).where(Staff.username.in_(names))))


def sign_ins() -> list[Staff]:
    """Return the active users of the demonstration, in the order of SIGN_INS."""
    statement = select(Staff).where(Staff.demonstration, Staff.retired_on.is_(None)).order_by(Staff.id)
    order = {username: place for place, username in enumerate(SIGN_INS)}
    return sorted(db.session.scalars(statement), key=lambda person: order.get(person.username, len(order)))


def staff_of(username: str) -> Staff:
    """Return the demonstration's user with this username."""
    return db.session.scalars(select(Staff).where(Staff.demonstration, Staff.username == username)).one()


def points_of(questionnaire_id: int) -> list[tuple[int, int]]:
    """Return the demonstration's service points, each with this questionnaire."""
    statement = select(Place.id).where(Place.demonstration, Place.kind == "point").order_by(Place.id)
    return [(place_id, questionnaire_id) for place_id in db.session.scalars(statement)]


def first_link() -> Link | None:
    in_use = Link.retired_on.is_(None)
    return db.session.scalar(
        select(Link).where(Link.place_id.in_(PLACES), in_use).order_by(Link.place_id, Link.id).limit(1)
    )


def obstacles() -> list[str]:
    """Return what is joined to the demonstration without belonging to it: codes of places and employees,
    usernames."""
    parent = aliased(Place)
    mixed = (
        select(Place.code)
        .join(parent, Place.parent_id == parent.id)
        .where(Place.demonstration != parent.demonstration)
    )
    employees = select(Employee.code).where(~Employee.demonstration, Employee.place_id.in_(PLACES))
    staff = select(Staff.username).where(~Staff.demonstration, Staff.place_id.in_(PLACES))
    name_lists = (db.session.scalars(statement) for statement in (mixed, employees, staff))
    return [name for names in name_lists for name in names]


def remove(session: Session) -> int:
    """Remove every row of the demonstration, referring rows first; return how many responses it had.

    Raises DemonstrationRefused when real rows refer to it: decisions of its sign-ins, or stock at its places.
    """
    try:
        return _remove(session)
    except IntegrityError as error:
        raise DemonstrationRefused(
            "Something real refers to the demonstration's places or sign-ins: rewards that are stocked or"
            " handed out there, or points that its sign-ins decided on. Nothing is removed."
        ) from error


def _remove(session: Session) -> int:
    number = sum(
        session.scalar(select(func.count()).where(table.place_id.in_(PLACES))) or 0
        for table in (Response, Waiting)
    )
    employees = select(Employee.id).where(Employee.demonstration)
    points.remove(session)
    for statement in (
        delete(Waiting).where(Waiting.place_id.in_(PLACES)),
        delete(Response).where(Response.place_id.in_(PLACES)),
        delete(Carried).where(Carried.batch_id.in_(select(Batch.id).where(Batch.queue_id.in_(QUEUES)))),
        delete(Batch).where(Batch.queue_id.in_(QUEUES)),
        delete(Queue).where(Queue.id.in_(QUEUES)),
        delete(Arrival).where(Arrival.place_id.in_(PLACES)),
        delete(Contact).where(Contact.place_id.in_(PLACES)),
        delete(Tally).where(Tally.place_id.in_(PLACES)),
        delete(Target).where(Target.place_id.in_(PLACES)),
        delete(Total).where(Total.place_id.in_(PLACES)),
        delete(Part).where(~exists().where(Tally.part_id == Part.id)),
        delete(Link).where(or_(Link.place_id.in_(PLACES), Link.employee_id.in_(employees))),
        delete(Staff).where(Staff.demonstration),
        delete(Employee).where(Employee.demonstration),
        delete(Place).where(Place.demonstration),
    ):
        session.execute(statement, execution_options={"synchronize_session": False})
    _remove_questionnaires(session)
    return number


def _remove_questionnaires(session: Session) -> None:
    """Remove the demonstration's questionnaires, except those that are in real use by now."""
    used = or_(
        Version.number > 1,  # somebody drew it up
        exists().where(Trial.version_id == Version.id),
        exists().where(Response.version_id == Version.id),
        exists().where(Tally.version_id == Version.id),
    )
    linked = or_(
        exists().where(Link.questionnaire_id == Questionnaire.id),
        exists().where(Contact.questionnaire_id == Questionnaire.id),
    )
    kept = exists().where(Version.questionnaire_id == Questionnaire.id, used)
    unused = list(
        session.scalars(select(Questionnaire.id).where(Questionnaire.demonstration, ~kept, ~linked))
    )
    session.execute(delete(Version).where(Version.questionnaire_id.in_(unused)))
    session.execute(delete(Questionnaire).where(Questionnaire.id.in_(unused)))
    session.execute(update(Questionnaire).where(Questionnaire.demonstration).values(demonstration=False))

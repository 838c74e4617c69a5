"""Which service points still have to be opened, and when the batches of those that are open close."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, CompoundSelect, SQLColumnExpression, and_, exists, func, select, union
from sqlalchemy.orm import aliased

from survey.batches.models import Batch, Queue
from survey.batches.rules.calendar import length
from survey.db import db
from survey.links.models import Link
from survey.places.models import Employee, Place
from survey.places.queries import in_part
from survey.questionnaires.models import Questionnaire, Version
from survey.responses.models import Waiting

OPEN = and_(Queue.ended_on.is_(None), Queue.imported.is_(False))
COMMON = and_(OPEN, Queue.employee_id.is_(None), Queue.channel == "", Queue.language == "", Queue.care == "")


@dataclass(frozen=True)
class PointToOpen:
    """A service point and questionnaire whose responses are not counted until an administrator opens them."""

    place: Place
    questionnaire: Questionnaire


@dataclass(frozen=True)
class OpenPoint:
    """A service point and questionnaire whose responses are counted in batches of usually ``days`` days: the
    next one ``closes_on``, the last one ``closed_on`` (None: there was none). ``expected`` is how many
    responses a day an administrator expects; 0: they did not say."""

    place: Place
    questionnaire: Questionnaire
    days: int
    closes_on: date
    closed_on: date | None
    expected: float


def next_closing(top: Place | None, questionnaire_id: int | None = None) -> date | None:
    """Return the day on which the next batch closes in the part of the tree at ``top`` (None: everywhere), of
    one questionnaire or of all; None where no service point is open."""
    statement = select(func.min(Queue.closes_on)).where(OPEN)
    if top is not None and top.kind == "point":
        statement = statement.where(Queue.place_id == top.id)
    elif top is not None:
        statement = statement.join(Place, Place.id == Queue.place_id).where(in_part(top.path))
    if questionnaire_id is not None:
        statement = statement.where(Queue.questionnaire_id == questionnaire_id)
    return db.session.scalar(statement)


def to_open(limit: int | None = None) -> list[PointToOpen]:
    """Return the first service points and questionnaires that wait for being opened, by code and slug."""
    wanted = _to_open().subquery()
    statement = (
        select(Place, Questionnaire)
        .join(wanted, wanted.c.place_id == Place.id)
        .join(Questionnaire, Questionnaire.id == wanted.c.questionnaire_id)
        .order_by(Place.code, Questionnaire.slug)
        .limit(limit)
    )
    return [PointToOpen(place, questionnaire) for place, questionnaire in db.session.execute(statement)]


def count_to_open() -> int:
    """Return how many service points and questionnaires wait for being opened."""
    return db.session.scalar(select(func.count()).select_from(_to_open().subquery())) or 0


def _to_open() -> CompoundSelect[int, int]:
    """Select (place, questionnaire) where a link is in use or responses wait, and no common queue is open."""
    in_use = (
        select(Link.place_id, Link.questionnaire_id)
        .join(Place, Place.id == Link.place_id)
        .outerjoin(Employee, Employee.id == Link.employee_id)
        .where(Link.retired_on.is_(None), Place.retired_on.is_(None), Employee.retired_on.is_(None))
        .where(~_is_open(Link.place_id, Link.questionnaire_id))
    )
    of_versions = select(Waiting.place_id, Waiting.version_id).where(Waiting.imported.is_(False))
    kept = of_versions.distinct().subquery()
    waiting = (
        select(kept.c.place_id, Version.questionnaire_id)
        .join(Version, Version.id == kept.c.version_id)
        .where(~_is_open(kept.c.place_id, Version.questionnaire_id))
    )
    return union(in_use, waiting)


def _is_open(
    place_id: SQLColumnExpression[int], questionnaire_id: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    return exists().where(COMMON, Queue.place_id == place_id, Queue.questionnaire_id == questionnaire_id)


def open_points(offset: int, limit: int) -> list[OpenPoint]:
    """Return a page of the service points and questionnaires that are open: those that close first first."""
    theirs, past = aliased(Queue), aliased(Queue)
    closes_on = (
        select(func.min(theirs.closes_on))
        .where(theirs.ended_on.is_(None), theirs.imported.is_(False))
        .where(theirs.place_id == Queue.place_id, theirs.questionnaire_id == Queue.questionnaire_id)
        .scalar_subquery()
    )
    closed_on = (
        select(func.max(Batch.closed_on))
        .join(past, past.id == Batch.queue_id)
        .where(past.imported.is_(False))
        .where(past.place_id == Queue.place_id, past.questionnaire_id == Queue.questionnaire_id)
        .scalar_subquery()
    )
    statement = (
        select(Place, Questionnaire, Queue.rate, Queue.expected, closes_on.label("closing"), closed_on)
        .select_from(Queue)
        .join(Place, Place.id == Queue.place_id)
        .join(Questionnaire, Questionnaire.id == Queue.questionnaire_id)
        .where(COMMON)
        .order_by("closing", Place.code, Questionnaire.slug)
        .offset(offset)
        .limit(limit)
    )
    return [
        OpenPoint(place, questionnaire, length(rate), closing, closed, expected)
        for place, questionnaire, rate, expected, closing, closed in db.session.execute(statement)
    ]


def count_open() -> int:
    """Return how many service points and questionnaires are open."""
    return db.session.scalar(select(func.count()).select_from(Queue).where(COMMON)) or 0

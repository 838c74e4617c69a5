"""Customers' own words, and how many answered beside them."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, func, or_, select
from sqlalchemy.orm import aliased

from survey.batches.models import Batch, Carried, Queue
from survey.db import db, decode_documents, dumps, raw_column
from survey.periods import Period
from survey.places.models import Place
from survey.places.queries import in_part
from survey.responses.models import Response
from survey.tallies.models import ALL_PARTS, Tally
from survey.tallies.subject_key import ALL_EMPLOYEES

DAY = timedelta(1)
"""A batch is shown as of the day before it closed (survey/tallies/counting.py)."""


class Written(NamedTuple):
    """What one customer answered. ``id`` is as the driver has it; ``closed_on`` says when its batch
    closed."""

    place_id: int
    id: Any
    batch_id: int
    version_id: int
    closed_on: date
    answers: dict[str, Any]


def respondents(place: Place, version_ids: Sequence[int], period: Period) -> Sequence[Row[int, date, int]]:
    """Return (service point, first day of a month, how many) of the released answers in the part of the tree
    at ``place``."""
    statement = select(Tally.place_id, Tally.start, func.sum(Tally.n)).where(
        Tally.place_id.in_(_below(place).where(Place.kind == "point")),
        Tally.employee_id == ALL_EMPLOYEES,
        Tally.view == "released",
        Tally.grain == "month",
        Tally.part_id == ALL_PARTS,
        Tally.version_id.in_(version_ids),
        Tally.start.between(period.first.replace(day=1), period.last),
    )
    return db.session.execute(statement.group_by(Tally.place_id, Tally.start)).all()


def all_respondents(place: Place, version_ids: Sequence[int]) -> int:
    """Return how many released answers there are at a place, of all time."""
    statement = select(func.sum(Tally.n)).where(
        Tally.place_id == place.id,
        Tally.employee_id == ALL_EMPLOYEES,
        Tally.view == "released",
        Tally.grain == "month",
        Tally.part_id == ALL_PARTS,
        Tally.version_id.in_(version_ids),
    )
    return db.session.scalar(statement) or 0


def carried(place: Place, codes: Iterable[str]) -> dict[tuple[int, str], date | None]:
    """Return, by batch and question, when answers were shown that were not shown with their batch; None where
    they are not yet."""
    later = aliased(Batch)
    statement = (
        select(Carried.batch_id, Carried.question, later.closed_on)
        .join(Batch, Batch.id == Carried.batch_id)
        .join(Queue, Queue.id == Batch.queue_id)
        .outerjoin(later, later.id == Carried.shown_in)
        .where(Queue.place_id.in_(_below(place)), Carried.question.in_(list(codes)))
    )
    return {(batch_id, code): closed_on for batch_id, code, closed_on in db.session.execute(statement)}


def written(
    place: Place,
    version_ids: Sequence[int],
    codes: Iterable[str],
    period: Period,
    ids: tuple[int, int],
    needle: str = "",
) -> list[Written]:
    """Return the released answers with ``ids`` from the one to the other, both included, that answer one of
    the questions with these ``codes`` and of which something was shown in the period; where ``needle``, in
    lower case, is given and can be looked for by the database, only those that hold it somewhere."""
    text = cast(Response.answers, String)
    last = min(period.last, date.max - DAY) + DAY
    later = aliased(Batch)
    shown_later = (
        select(Carried.batch_id)
        .join(later, later.id == Carried.shown_in)
        .where(later.closed_on > period.first, later.closed_on <= last)
    )
    statement = (
        select(
            Response.place_id,
            raw_column(Response.id),
            Response.batch_id,
            Response.version_id,
            Batch.closed_on,
            raw_column(Response.answers),
        )
        .join(Batch, Batch.id == Response.batch_id)
        .where(
            Response.place_id.in_(_below(place)),
            Response.version_id.in_(version_ids),
            Response.id.between(uuid.UUID(int=ids[0]), uuid.UUID(int=ids[1])),
            or_(
                and_(Batch.closed_on > period.first, Batch.closed_on <= last),
                Response.batch_id.in_(shown_later),
            ),
        )
    )
    if needle and _is_plain(needle):
        statement = statement.where(_holds(func.lower(text), dumps(needle)[1:-1]))
    statement = statement.where(or_(*(_holds(text, f'"{code}":') for code in codes)))
    rows = db.session.execute(statement).all()
    answers = decode_documents([row[-1] for row in rows])
    return [Written._make((*row[:-1], given)) for row, given in zip(rows, answers, strict=True)]


def _holds(written: ColumnElement[str], piece: str) -> ColumnElement[bool]:
    """Return whether a text holds a piece: a tenth of the time that LIKE takes."""
    postgresql = db.session.get_bind().dialect.name == "postgresql"
    position = func.strpos(written, piece) if postgresql else func.instr(written, piece)
    return position > 0


def _is_plain(needle: str) -> bool:
    """Return whether the databases, too, know each letter's other case: SQLite knows those of ASCII."""
    return all(letter.isascii() or letter.upper() == letter.lower() for letter in needle)


def _below(place: Place) -> Select[int]:
    return select(Place.id).where(in_part(place.path))

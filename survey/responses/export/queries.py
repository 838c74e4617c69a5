"""Responses read for an export: place by place, in the order of their random ids, a page at a time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import JSON, CompoundSelect, Select, case, func, literal, select, type_coerce, union_all
from sqlalchemy.orm import aliased

from survey.batches.models import Batch, Carried, Queue
from survey.db import db, decode_documents, raw_column
from survey.places.models import Employee, Place
from survey.places.queries import in_part
from survey.questionnaires.rules.careless import TIMED
from survey.responses.models import AnswerColumns, Response, Waiting

from .disclosure import Checks

PAGE = 5000

DAY = timedelta(1)
"""A batch is shown as of the day before it closed (survey/tallies/counting.py)."""


class ExportSubject(NamedTuple):
    """A place or an employee."""

    id: int
    code: str
    name: str
    name_en: str


class ExportRegion(NamedTuple):
    """A region, and the ids of its service points."""

    region: ExportSubject
    point_ids: Sequence[int]


class ResponseFilter(NamedTuple):
    """Which responses: of these versions, given from ``first`` to ``last``; ``released``: only those that
    are shown, by the month as of which they are."""

    versions: Sequence[int]
    first: date
    last: date
    released: bool


class ExportedResponse(NamedTuple):
    """One response. ``day`` is its own, or that as of which its batch is shown when it was asked for as
    released; then ``employee_id`` is that of its queue, and ``batch_id`` its batch, 0 else."""

    employee_id: int | None
    version_id: int
    day: date
    channel: str
    locale: str
    signs: int | None
    batch_id: int
    answers: dict[str, Any]


def points(top: Place | None) -> list[ExportSubject]:
    """The service points at ``top`` and below, or all, by id. A response is about nothing else."""
    statement = select(Place.id, Place.code, Place.name, Place.name_en).where(Place.kind == "point")
    statement = statement.where(in_part(top.path)) if top else statement
    return [ExportSubject(*row) for row in db.session.execute(statement.order_by(Place.id))]


def regions(top: Place | None) -> list[ExportRegion]:
    """Return the regions in which there are service points at ``top`` or below, or everywhere, by id: of each
    point the nearest region above it, or else the company, or the point itself."""
    places = {
        row.id: row
        for row in db.session.execute(
            select(Place.id, Place.code, Place.name, Place.name_en, Place.kind, Place.path)
        )
    }
    point_ids_by_region: dict[int, list[int]] = {}
    for point in points(top):
        above = [int(number) for number in places[point.id].path.strip("/").split("/")]
        of_kind = {places[place_id].kind: place_id for place_id in above}
        point_ids_by_region.setdefault(of_kind.get("region", above[0]), []).append(point.id)
    return [
        ExportRegion(ExportSubject(*places[region_id][:4]), point_ids)
        for region_id, point_ids in sorted(point_ids_by_region.items())
    ]


def employees() -> dict[int, ExportSubject]:
    rows = db.session.execute(select(Employee.id, Employee.code, Employee.name))
    return {row.id: ExportSubject(*row, "") for row in rows}


def count(point_ids: Iterable[int], response_filter: ResponseFilter) -> int:
    """Return how many responses these places have."""
    return sum(
        db.session.scalar(select(func.count()).select_from(_asked([point_id], response_filter).subquery()))
        or 0
        for point_id in point_ids
    )


def pages(point_ids: Sequence[int], response_filter: ResponseFilter) -> Iterator[Sequence[ExportedResponse]]:
    """Yield the responses of these places, in the order of their random ids."""
    statement = _asked(point_ids, response_filter).order_by("id")
    rows = db.session.execute(statement, execution_options={"yield_per": PAGE})
    for page in rows.partitions():
        answers = decode_documents([row[-1] for row in page])
        yield [ExportedResponse._make((*row[1:-1], given)) for row, given in zip(page, answers, strict=True)]


def withheld(point_ids: Sequence[int], first: date, last: date) -> set[tuple[int, str]]:
    """Return (batch, question) of the answers that were not shown with their batch, unless all that were
    shown together with them belong to batches of these days and of one quarter: then the file shows the same
    as the pages."""
    later = aliased(Batch)
    statement = (
        select(Carried.batch_id, Carried.question, Carried.shown_in, Batch.closed_on, later.closed_on)
        .join(Batch, Batch.id == Carried.batch_id)
        .join(Queue, Queue.id == Batch.queue_id)
        .outerjoin(later, later.id == Carried.shown_in)
        .where(Queue.place_id.in_(point_ids))
    )
    rows = db.session.execute(statement).all()
    outside = {
        (shown_in, question)
        for _batch_id, question, shown_in, closed_on, shown_on in rows
        if shown_on is None
        or not (first <= closed_on - DAY and shown_on - DAY <= last)
        or quarter(closed_on) != quarter(shown_on)
    }
    return {(row.batch_id, row.question) for row in rows if (row.shown_in, row.question) in outside}


def quarter(closed_on: date) -> str:
    """Return the quarter in which a batch is shown that closed on this day, as 2026-Q4."""
    shown = closed_on - DAY
    return f"{shown.year}-Q{(shown.month + 2) // 3}"


def checks(point_ids: Sequence[int]) -> dict[int, Checks]:
    """Return, by batch of these points, of how many responses signs and durations are known."""
    timed = case((Response.signs.op("&")(TIMED) > 0, 1))
    statement = (
        select(Response.batch_id, func.count(Response.signs), func.count(timed))
        .where(Response.place_id.in_(point_ids))
        .group_by(Response.batch_id)
    )
    return {batch_id: Checks(*counts) for batch_id, *counts in db.session.execute(statement)}


def longest(point_ids: Sequence[int], response_filter: ResponseFilter, keys: Sequence[str]) -> dict[str, int]:
    """Return the bytes of the longest text under each of these keys of answers, at these places."""
    longest_by_key = dict.fromkeys(keys, 0)
    if not keys:
        return longest_by_key
    for point_id in point_ids:
        asked = _asked([point_id], response_filter).subquery()
        answers = type_coerce(asked.c.answers, JSON())
        row = db.session.execute(
            select(*(func.max(func.octet_length(answers[key].as_string())) for key in keys))
        ).one()
        longest_by_key = {
            key: max(longest_by_key[key], size or 0) for key, size in zip(keys, row, strict=True)
        }
    return longest_by_key


def _asked(point_ids: Sequence[int], response_filter: ResponseFilter) -> Select[Any] | CompoundSelect[Any]:
    """Return the statement of the responses of places that are asked for: released ones by the day as of
    which they are shown, else all, those that wait included, by their own day."""
    if not response_filter.released:
        return union_all(
            *(
                select(*_columns(table, table.employee_id, table.day, literal(0))).where(
                    table.place_id.in_(point_ids),
                    table.version_id.in_(response_filter.versions),
                    table.day.between(response_filter.first, response_filter.last),
                )
                for table in (Response, Waiting)
            )
        )
    last = min(response_filter.last, date.max - DAY) + DAY
    return (
        select(*_columns(Response, Queue.employee_id, Batch.closed_on, Response.batch_id))
        .join(Batch, Batch.id == Response.batch_id)
        .join(Queue, Queue.id == Batch.queue_id)
        .where(
            Response.place_id.in_(point_ids),
            Response.version_id.in_(response_filter.versions),
            Batch.closed_on > response_filter.first,
            Batch.closed_on <= last,
        )
    )


def _columns(table: type[AnswerColumns], employee_id: Any, day: Any, batch_id: Any) -> list[Any]:
    return [
        table.id.label("id"),
        employee_id.label("employee_id"),
        table.version_id,
        day.label("day"),
        table.channel,
        table.locale,
        table.signs,
        batch_id.label("batch_id"),
        raw_column(table.answers).label("answers"),
    ]

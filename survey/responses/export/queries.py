"""Queries of responses for an export: by place, in the order of their random ids, a page at a time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, Select, and_, exists, func, select, type_coerce

from survey.db import db, decode_documents, raw_column
from survey.places.models import Employee, Place
from survey.places.queries import in_part
from survey.responses.models import Late, Response, Waiting

PAGE = 5000

OF_LATE = and_(Late.place_id == Response.place_id, Late.response_id == Response.id)
WAITS = exists().where(Waiting.place_id == Response.place_id, Waiting.response_id == Response.id)
SHOWN_DAY = func.coalesce(Late.month, Response.day)


class ExportSubject(NamedTuple):
    """A place or an employee."""

    id: int
    code: str
    name: str
    name_en: str


class ResponseFilter(NamedTuple):
    """A filter of responses: to these versions, from ``first`` to ``last``; when ``released``, only responses
    that pages show, by the month of their release."""

    versions: Sequence[int]
    first: date
    last: date
    released: bool


class ExportedResponse(NamedTuple):
    """A response. In a released export its ``day`` lies in the month of its release."""

    employee_id: int | None
    version_id: int
    day: date
    channel: str
    locale: str
    signs: int | None
    answers: dict[str, Any]


def points(top: Place | None) -> list[ExportSubject]:
    """Return the service points at ``top`` and below, or all, by id; only these have responses."""
    statement = select(Place.id, Place.code, Place.name, Place.name_en).where(Place.kind == "point")
    statement = statement.where(in_part(top.path)) if top else statement
    return [ExportSubject(*row) for row in db.session.execute(statement.order_by(Place.id))]


def employees() -> dict[int, ExportSubject]:
    rows = db.session.execute(select(Employee.id, Employee.code, Employee.name))
    return {row.id: ExportSubject(*row, "") for row in rows}


def count(point_ids: Iterable[int], response_filter: ResponseFilter) -> int:
    """Return how many responses of these places pass the filter."""
    statement = _filter_responses(select(func.count()).select_from(Response), response_filter)
    return sum(
        db.session.scalar(statement.where(Response.place_id == point_id)) or 0 for point_id in point_ids
    )


def pages(point_id: int, response_filter: ResponseFilter) -> Iterator[Sequence[ExportedResponse]]:
    """Yield pages of a place's responses that pass the filter."""
    day = SHOWN_DAY if response_filter.released else Response.day
    columns = (
        Response.employee_id,
        Response.version_id,
        day.label("shown"),
        Response.channel,
        Response.locale,
        Response.signs,
        raw_column(Response.answers),
    )
    statement = (
        _filter_responses(select(*columns), response_filter)
        .where(Response.place_id == point_id)
        .order_by(Response.id)
    )
    rows = db.session.execute(statement, execution_options={"yield_per": PAGE})
    for page in rows.partitions():
        answers = decode_documents([row[-1] for row in page])
        yield [
            ExportedResponse._make((*row[:-1], document)) for row, document in zip(page, answers, strict=True)
        ]


def longest(point_ids: Sequence[int], response_filter: ResponseFilter, keys: Sequence[str]) -> dict[str, int]:
    """Return the length in bytes of the longest text under each of these keys of answers, at these places."""
    if not keys:
        return {}
    answers = type_coerce(Response.answers, JSON())
    sizes = [func.max(func.octet_length(answers[key].as_string())) for key in keys]
    longest_by_key = dict.fromkeys(keys, 0)
    statement = _filter_responses(select(*sizes).select_from(Response), response_filter)
    for point_id in point_ids:
        row = db.session.execute(statement.where(Response.place_id == point_id)).one()
        longest_by_key = {
            key: max(longest_by_key[key], size or 0) for key, size in zip(keys, row, strict=True)
        }
    return longest_by_key


def _filter_responses(statement: Select[Any], response_filter: ResponseFilter) -> Select[Any]:
    statement = statement.where(Response.version_id.in_(response_filter.versions))
    if not response_filter.released:
        return statement.where(Response.day.between(response_filter.first, response_filter.last))
    statement = statement.outerjoin(Late, OF_LATE).where(~WAITS)
    shown: ColumnElement[bool] = SHOWN_DAY.between(response_filter.first, response_filter.last)
    return statement.where(shown)

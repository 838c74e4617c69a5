"""Responses read for an export: place by place, in the order of their random ids, a page at a time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, Select, and_, exists, func, select, type_coerce

from survey.db import db, documents, raw
from survey.places.models import Employee, Place
from survey.places.queries import in_part
from survey.responses.models import Late, Response, Waiting

PAGE = 5000

OF_LATE = and_(Late.place_id == Response.place_id, Late.response_id == Response.id)
WAITS = exists().where(Waiting.place_id == Response.place_id, Waiting.response_id == Response.id)
SHOWN = func.coalesce(Late.month, Response.day)


class Named(NamedTuple):
    """A place or an employee."""

    id: int
    code: str
    name: str
    name_en: str


class Asking(NamedTuple):
    """Which responses: of these versions, given from ``first`` to ``last``; ``released``: only those that
    are shown, by the month as of which they are."""

    versions: Sequence[int]
    first: date
    last: date
    released: bool


class Answered(NamedTuple):
    """One response. ``day`` lies in the month as of which it is shown when it was asked for as released."""

    employee_id: int | None
    version_id: int
    day: date
    channel: str
    locale: str
    signs: int | None
    answers: dict[str, Any]


def points(top: Place | None) -> list[Named]:
    """The service points at ``top`` and below, or all, by id. A response is about nothing else."""
    statement = select(Place.id, Place.code, Place.name, Place.name_en).where(Place.kind == "point")
    statement = statement.where(in_part(top.path)) if top else statement
    return [Named(*row) for row in db.session.execute(statement.order_by(Place.id))]


def employees() -> dict[int, Named]:
    rows = db.session.execute(select(Employee.id, Employee.code, Employee.name))
    return {row.id: Named(*row, "") for row in rows}


def count(point_ids: Iterable[int], asking: Asking) -> int:
    """How many responses these places have."""
    statement = _asked(select(func.count()).select_from(Response), asking)
    return sum(
        db.session.scalar(statement.where(Response.place_id == point_id)) or 0 for point_id in point_ids
    )


def pages(point_id: int, asking: Asking) -> Iterator[Sequence[Answered]]:
    """The responses of one place."""
    day = SHOWN if asking.released else Response.day
    columns = (
        Response.employee_id,
        Response.version_id,
        day.label("shown"),
        Response.channel,
        Response.locale,
        Response.signs,
        raw(Response.answers),
    )
    statement = _asked(select(*columns), asking).where(Response.place_id == point_id).order_by(Response.id)
    rows = db.session.execute(statement, execution_options={"yield_per": PAGE})
    for page in rows.partitions():
        answers = documents([row[-1] for row in page])
        yield [Answered._make((*row[:-1], given)) for row, given in zip(page, answers, strict=True)]


def longest(point_ids: Sequence[int], asking: Asking, keys: Sequence[str]) -> dict[str, int]:
    """The bytes of the longest text under each of these keys of answers, at these places."""
    if not keys:
        return {}
    answers = type_coerce(Response.answers, JSON())
    sizes = [func.max(func.octet_length(answers[key].as_string())) for key in keys]
    longest_by_key = dict.fromkeys(keys, 0)
    statement = _asked(select(*sizes).select_from(Response), asking)
    for point_id in point_ids:
        row = db.session.execute(statement.where(Response.place_id == point_id)).one()
        longest_by_key = {
            key: max(longest_by_key[key], size or 0) for key, size in zip(keys, row, strict=True)
        }
    return longest_by_key


def _asked(statement: Select[Any], asking: Asking) -> Select[Any]:
    statement = statement.where(Response.version_id.in_(asking.versions))
    if not asking.released:
        return statement.where(Response.day.between(asking.first, asking.last))
    statement = statement.outerjoin(Late, OF_LATE).where(~WAITS)
    shown: ColumnElement[bool] = SHOWN.between(asking.first, asking.last)
    return statement.where(shown)

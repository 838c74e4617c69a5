"""Customers' own words, and how many answered beside them."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, func, or_, select, union_all

from survey.db import db, documents
from survey.indexes.models import ALL_EMPLOYEES, ALL_PARTS, Tally
from survey.places.models import Place
from survey.places.queries import in_part
from survey.responses.models import Response

from .waiting import DOCUMENT, ID, at_places


def respondents(place: Place, version_ids: Sequence[int]) -> Sequence[Row[tuple[int, date, int]]]:
    """(service point, day, how many) of all answers in the part of the tree at ``place``: those that are
    tallied and those that wait, at one moment."""
    tallied = select(Tally.place_id, Tally.start, Tally.n).where(
        Tally.place_id.in_(_below(place).where(Place.kind == "point")),
        Tally.employee_id == ALL_EMPLOYEES,
        Tally.view == "exact",
        Tally.grain == "day",
        Tally.part_id == ALL_PARTS,
        Tally.version_id.in_(version_ids),
    )
    waits = (
        select(Response.place_id, Response.day, func.count())
        .select_from(at_places(_below(place)))
        .where(Response.version_id.in_(version_ids))
        .group_by(Response.place_id, Response.day)
    )
    return db.session.execute(union_all(tallied, waits)).all()


def responses(
    place: Place, version_ids: Sequence[int], codes: Iterable[str], first: date, last: date, one_in: int
) -> list[tuple[int, Any, date, dict[str, Any]]]:
    """(place_id, id as the driver has it, day, answers) of those from ``first`` to ``last`` that answer one
    of the questions with these ``codes``; of one in so many responses (a power of 2), which their random ids
    tell: always the same ones."""
    written = cast(Response.answers, String)
    texts = or_(*(written.contains(f'"{code}":', autoescape=True) for code in codes))
    statement = select(Response.place_id, ID, Response.day, DOCUMENT).where(
        _there(place, version_ids), Response.day.between(first, last), texts
    )
    if one_in > 1:
        statement = statement.where(Response.id < uuid.UUID(int=(1 << 128) // one_in))
    rows = db.session.execute(statement).all()
    found = documents([row[-1] for row in rows])
    return [(row[0], row[1], row[2], answers) for row, answers in zip(rows, found, strict=True)]


def _there(place: Place, version_ids: Sequence[int]) -> ColumnElement[bool]:
    return and_(Response.place_id.in_(_below(place)), Response.version_id.in_(version_ids))


def _below(place: Place) -> Select[tuple[int]]:
    return select(Place.id).where(in_part(place.path))

"""Customers' own words, and how many answered beside them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, String, and_, cast, func, or_, select

from survey.db import db
from survey.indexes.models import ALL_EMPLOYEES, Tally
from survey.places.models import Place
from survey.places.queries import in_part
from survey.responses.models import Response


def answered(place: Place, version_ids: Sequence[int]) -> int:
    """How many answered about a place and what lies below it, by its tallies: without those that wait."""
    statement = select(func.sum(Tally.n)).where(
        Tally.place_id == place.id,
        Tally.employee_id == ALL_EMPLOYEES,
        Tally.view == "exact",
        Tally.grain == "month",
        Tally.version_id.in_(version_ids),
    )
    return db.session.scalar(statement) or 0


def respondents(place: Place, version_ids: Sequence[int]) -> Sequence[Row[tuple[int, date, int]]]:
    """(service point, day, how many) of all answers in the part of the tree at ``place``. Reads them all."""
    statement = select(Response.place_id, Response.day, func.count()).where(_there(place, version_ids))
    return db.session.execute(statement.group_by(Response.place_id, Response.day)).all()


def responses(
    place: Place, version_ids: Sequence[int], codes: Iterable[str], first: date, last: date
) -> Sequence[Row[Any]]:
    """(place_id, id, day, answers) of those from ``first`` to ``last`` that answer one of the questions with
    these ``codes``."""
    written = cast(Response.answers, String)
    texts = or_(*(written.contains(f'"{code}":', autoescape=True) for code in codes))
    statement = select(Response.place_id, Response.id, Response.day, Response.answers).where(
        _there(place, version_ids), Response.day.between(first, last), texts
    )
    return db.session.execute(statement).all()


def _there(place: Place, version_ids: Sequence[int]) -> ColumnElement[bool]:
    below = select(Place.id).where(in_part(place.path))
    return and_(Response.place_id.in_(below), Response.version_id.in_(version_ids))

"""Customers' own words, and how many answered beside them."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, func, or_, select, union_all

from survey.db import db, documents, dumps
from survey.places.models import Place
from survey.places.queries import in_part
from survey.responses.models import Response
from survey.tallies.models import ALL_PARTS, Tally
from survey.tallies.queries.waiting import DOCUMENT, ID, at_places
from survey.tallies.subject_key import ALL_EMPLOYEES


def respondents(place: Place, version_ids: Sequence[int]) -> Sequence[Row[int, date, int]]:
    """Return (service point, day, how many) of all answers in the part of the tree at ``place``: those that
    are tallied and those that wait, at one moment."""
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
    return db.session.connection().execute(union_all(tallied, waits)).all()  # quicker than the session


def responses(
    place: Place,
    version_ids: Sequence[int],
    codes: Iterable[str],
    days: tuple[date, date],
    ids: tuple[int, int],
    needle: str = "",
) -> list[tuple[int, Any, date, dict[str, Any]]]:
    """Yield (place_id, id as the driver has it, day, answers) of the responses with ``days`` and ``ids`` from
    the one to the other, both included, that answer one of the questions with these ``codes``; where
    ``needle``, in lower case, is given and can be looked for by the database, only of those that hold it
    somewhere."""
    written = cast(Response.answers, String)
    statement = select(Response.place_id, ID, Response.day, DOCUMENT).where(
        _there(place, version_ids),
        Response.id.between(uuid.UUID(int=ids[0]), uuid.UUID(int=ids[1])),
        Response.day.between(*days),
    )
    if needle and _is_plain(needle):
        statement = statement.where(_holds(func.lower(written), dumps(needle)[1:-1]))
    statement = statement.where(or_(*(_holds(written, f'"{code}":') for code in codes)))
    rows = db.session.execute(statement).all()
    found = documents([row[-1] for row in rows])
    return [(row[0], row[1], row[2], answers) for row, answers in zip(rows, found, strict=True)]


def _holds(written: ColumnElement[str], piece: str) -> ColumnElement[bool]:
    """Return a tenth of what LIKE takes."""
    postgresql = db.session.get_bind().dialect.name == "postgresql"
    found = func.strpos(written, piece) if postgresql else func.instr(written, piece)
    return found > 0


def _is_plain(needle: str) -> bool:
    """Return whether the databases, too, know each letter's other case: SQLite knows those of ASCII."""
    return all(one.isascii() or one.upper() == one.lower() for one in needle)


def _there(place: Place, version_ids: Sequence[int]) -> ColumnElement[bool]:
    return and_(Response.place_id.in_(_below(place)), Response.version_id.in_(version_ids))


def _below(place: Place) -> Select[int]:
    return select(Place.id).where(in_part(place.path))

"""Queries that read and write tallies."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, delete, select, tuple_, union_all

from survey.db import db, execute_many, placeholders
from survey.periods import Span
from survey.places.models import Place
from survey.tallies.models import ALL_PARTS, Tally
from survey.tallies.subject_key import ALL_EMPLOYEES, SubjectKey

# SQLite takes at most 32,766 values in a statement, and each key has two.
SUBJECTS = 5_000
StoredTally = tuple[int, int, str, str, int, int, str, int, bytes]
"""The columns of STORED of a tally, with its start as an ISO date."""
KEY = ("place_id", "employee_id", "view", "grain", "part_id", "version_id", "start")

STORED = (*KEY, "n", "cells")
SAVE = (
    f"INSERT INTO tally ({', '.join(STORED)}) VALUES ({placeholders(len(STORED))})"  # noqa: S608
    f" ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET n = excluded.n, cells = excluded.cells"
)


class PackedCounts(NamedTuple):
    """The counts of a tally: ``n`` respondents, and the cells as rules.cells.pack() makes them."""

    n: int
    packed: bytes


class SeriesKey(NamedTuple):
    """The key of a series of tallies of a subject over time."""

    version_id: int
    view: str
    part_id: int = ALL_PARTS


def of_subjects(
    subject_keys: Sequence[SubjectKey], series: SeriesKey, grain: str, first: date, last: date
) -> dict[tuple[int, int, date], PackedCounts]:
    """Return the counts of these (place, employee) in a series from ``first`` to ``last``, by place, employee
    and start."""
    counts: dict[tuple[int, int, date], PackedCounts] = {}
    columns = (Tally.place_id, Tally.employee_id, Tally.start, Tally.n, Tally.cells)
    for i in range(0, len(subject_keys), SUBJECTS):
        statement = select(*columns).where(
            tuple_(Tally.place_id, Tally.employee_id).in_(subject_keys[i : i + SUBJECTS]),
            Tally.view == series.view,
            Tally.grain == grain,
            Tally.part_id == series.part_id,
            Tally.version_id == series.version_id,
            Tally.start.between(first, last),
        )
        for place_id, employee_id, start, n, cells in db.session.execute(statement):
            counts[place_id, employee_id, start] = PackedCounts(n, cells)
    return counts


def in_spans(
    subject_keys: Sequence[SubjectKey],
    version_ids: Sequence[int],
    view: str,
    spans: Sequence[Span],
    part_ids: Sequence[int] = (ALL_PARTS,),
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Return the tallies of these (place, employee) and parts in these spans: (place_id, employee_id,
    version_id, start, n, cells)."""
    columns = (Tally.place_id, Tally.employee_id, Tally.version_id, Tally.start, Tally.n, Tally.cells)
    conditions = Tally.view == view, Tally.part_id.in_(part_ids), Tally.version_id.in_(version_ids)
    return _in_spans(select(*columns).where(*conditions), subject_keys, spans)


def in_parts(
    subject_keys: Sequence[SubjectKey] | None,
    version_ids: Sequence[int],
    spans: Sequence[Span],
    part_ids: Sequence[int],
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Return the released tallies of these (place, employee), or of all service points for None, and parts in
    these spans: (place_id, employee_id, part_id, version_id, start, n, cells)."""
    columns = (Tally.place_id, Tally.employee_id, Tally.part_id, Tally.version_id, Tally.start)
    conditions = Tally.view == "released", Tally.part_id.in_(part_ids), Tally.version_id.in_(version_ids)
    return _in_spans(select(*columns, Tally.n, Tally.cells).where(*conditions), subject_keys, spans)


def respondent_numbers(
    version_ids: Sequence[int], spans: Sequence[Span], part_ids: Sequence[int]
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Return how many respondents each service point has: (place_id, part_id, start, n)."""
    conditions = Tally.view == "released", Tally.part_id.in_(part_ids), Tally.version_id.in_(version_ids)
    statement = select(Tally.place_id, Tally.part_id, Tally.start, Tally.n).where(*conditions)
    return _in_spans(statement, None, spans)


def _in_spans(
    statement: Select[*tuple[Any, ...]], subject_keys: Sequence[SubjectKey] | None, spans: Sequence[Span]
) -> Iterator[Row[*tuple[Any, ...]]]:
    if subject_keys is None:
        points = select(Place.id).where(Place.kind == "point")
        all_points = and_(Tally.place_id.in_(points), Tally.employee_id == ALL_EMPLOYEES)
        return iter(_rows_where(statement, all_points, spans))
    batches = (
        tuple_(Tally.place_id, Tally.employee_id).in_(subject_keys[i : i + SUBJECTS])
        for i in range(0, len(subject_keys), SUBJECTS)
    )
    return chain.from_iterable(_rows_where(statement, batch, spans) for batch in batches)


def _rows_where(
    statement: Select[*tuple[Any, ...]], condition: ColumnElement[bool], spans: Sequence[Span]
) -> Sequence[Row[*tuple[Any, ...]]]:
    # A SELECT for each span, so that each reads a range of the primary key.
    parts = [
        statement.where(condition, Tally.grain == span.grain, Tally.start.between(span.first, span.last))
        for span in spans
    ]
    # By the connection: the session would take as long again to make its own rows of these.
    return db.session.connection().execute(union_all(*parts) if len(parts) > 1 else parts[0]).all()


def of_place(place_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return all tallies of a place and its employees: (place_id, employee_id, view, grain, part_id,
    version_id, start, n, cells)."""
    columns = [getattr(Tally, name) for name in STORED]
    return db.session.execute(select(*columns).where(Tally.place_id == place_id)).all()


def of_everybody(place_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the tallies of a place for all employees together; columns as of_place()."""
    return [row for row in of_place(place_id) if row.employee_id == ALL_EMPLOYEES]


def of_children(place_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the tallies of the children of a place for all employees together; columns as of_place()."""
    below = select(Place.id).where(Place.parent_id == place_id)
    columns = [getattr(Tally, name) for name in STORED]
    statement = select(*columns).where(Tally.place_id.in_(below), Tally.employee_id == ALL_EMPLOYEES)
    return db.session.execute(statement).all()


def save(rows: Sequence[StoredTally]) -> None:
    """Insert tallies, or replace those with the same key."""
    # By the driver itself, for speed: a closing writes more tallies than it counts responses.
    execute_many(SAVE, rows)


def remove(place_id: int, views: Sequence[str]) -> None:
    """Delete the tallies of this place and its employees in these views."""
    db.session.execute(delete(Tally).where(Tally.place_id == place_id, Tally.view.in_(views)))


def remove_empty(place_ids: Sequence[int]) -> None:
    """Remove those tallies of these places that count nothing: neither respondents nor, of questions that are
    shown later than their respondents, answers."""
    key = [getattr(Tally, name) for name in KEY]
    statement = select(Tally.cells, *key).where(Tally.place_id.in_(place_ids), Tally.n == 0)
    empty = [tuple(row[1:]) for row in db.session.execute(statement) if not any(row.cells[1:])]
    for i in range(0, len(empty), SUBJECTS // 2):
        db.session.execute(delete(Tally).where(tuple_(*key).in_(empty[i : i + SUBJECTS // 2])))

"""Tallies, read and written."""

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

# SQLite takes 32,766 values in a statement; each key has two.
SUBJECTS = 5_000
StoredTally = tuple[int, int, str, str, int, int, str, int, bytes]
"""Of a tally the columns of STORED; its start in ISO form."""
KEY = ("place_id", "employee_id", "view", "grain", "part_id", "version_id", "start")

STORED = (*KEY, "n", "cells")
SAVE = (
    f"INSERT INTO tally ({', '.join(STORED)}) VALUES ({placeholders(len(STORED))})"  # noqa: S608
    f" ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET n = excluded.n, cells = excluded.cells"
)


class Cells(NamedTuple):
    """The counts of one tally."""

    n: int
    packed: bytes


class By(NamedTuple):
    """What tallies of a subject are kept apart by, but for their time."""

    version_id: int
    view: str
    part_id: int = ALL_PARTS


def of_subjects(
    subject_keys: Sequence[SubjectKey], by: By, grain: str, first: date, last: date
) -> dict[tuple[int, int, date], Cells]:
    """Return what is tallied for these (place, employee) from ``first`` to ``last``."""
    found: dict[tuple[int, int, date], Cells] = {}
    columns = (Tally.place_id, Tally.employee_id, Tally.start, Tally.n, Tally.cells)
    for i in range(0, len(subject_keys), SUBJECTS):
        statement = select(*columns).where(
            tuple_(Tally.place_id, Tally.employee_id).in_(subject_keys[i : i + SUBJECTS]),
            Tally.view == by.view,
            Tally.grain == grain,
            Tally.part_id == by.part_id,
            Tally.version_id == by.version_id,
            Tally.start.between(first, last),
        )
        for place_id, employee_id, start, n, cells in db.session.execute(statement):
            found[place_id, employee_id, start] = Cells(n, cells)
    return found


def in_spans(
    subject_keys: Sequence[SubjectKey],
    version_ids: Sequence[int],
    view: str,
    spans: Sequence[Span],
    part_ids: Sequence[int] = (ALL_PARTS,),
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Return what is tallied for these (place, employee) and parts in these spans: (place_id, employee_id,
    version_id, start, n, cells)."""
    columns = (Tally.place_id, Tally.employee_id, Tally.version_id, Tally.start, Tally.n, Tally.cells)
    which = Tally.view == view, Tally.part_id.in_(part_ids), Tally.version_id.in_(version_ids)
    return _in_spans(select(*columns).where(*which), subject_keys, spans)


def in_parts(
    subject_keys: Sequence[SubjectKey] | None,
    version_ids: Sequence[int],
    spans: Sequence[Span],
    part_ids: Sequence[int],
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Return what of the released is tallied for these (place, employee) and parts in these spans, of all
    service points for None: (place_id, employee_id, part_id, version_id, start, n, cells)."""
    columns = (Tally.place_id, Tally.employee_id, Tally.part_id, Tally.version_id, Tally.start)
    which = Tally.view == "released", Tally.part_id.in_(part_ids), Tally.version_id.in_(version_ids)
    return _in_spans(select(*columns, Tally.n, Tally.cells).where(*which), subject_keys, spans)


def numbers(
    version_ids: Sequence[int], spans: Sequence[Span], part_ids: Sequence[int]
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Return how many answered at each service point: (place_id, part_id, start, n)."""
    which = Tally.view == "released", Tally.part_id.in_(part_ids), Tally.version_id.in_(version_ids)
    statement = select(Tally.place_id, Tally.part_id, Tally.start, Tally.n).where(*which)
    return _in_spans(statement, None, spans)


def _in_spans(
    statement: Select[*tuple[Any, ...]], subject_keys: Sequence[SubjectKey] | None, spans: Sequence[Span]
) -> Iterator[Row[*tuple[Any, ...]]]:
    if subject_keys is None:
        points = select(Place.id).where(Place.kind == "point")
        everywhere = and_(Tally.place_id.in_(points), Tally.employee_id == ALL_EMPLOYEES)
        return iter(_at(statement, everywhere, spans))
    those = (
        tuple_(Tally.place_id, Tally.employee_id).in_(subject_keys[i : i + SUBJECTS])
        for i in range(0, len(subject_keys), SUBJECTS)
    )
    return chain.from_iterable(_at(statement, one, spans) for one in those)


def _at(
    statement: Select[*tuple[Any, ...]], those: ColumnElement[bool], spans: Sequence[Span]
) -> Sequence[Row[*tuple[Any, ...]]]:
    # One part for each span: each is then a range of the key.
    parts = [
        statement.where(those, Tally.grain == span.grain, Tally.start.between(span.first, span.last))
        for span in spans
    ]
    # Not by the session, which takes as long again to make its rows of these.
    return db.session.connection().execute(union_all(*parts) if len(parts) > 1 else parts[0]).all()


def of_place(place_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return everything that is tallied for a place and its employees: (place_id, employee_id, view, grain,
    part_id, version_id, start, n, cells)."""
    columns = [getattr(Tally, name) for name in STORED]
    return db.session.execute(select(*columns).where(Tally.place_id == place_id)).all()


def of_everybody(place_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return what is tallied for all employees of a place; as of_place()."""
    return [row for row in of_place(place_id) if row.employee_id == ALL_EMPLOYEES]


def of_children(place_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return everything that is tallied for all employees of the places right below this one; as
    of_place()."""
    below = select(Place.id).where(Place.parent_id == place_id)
    columns = [getattr(Tally, name) for name in STORED]
    statement = select(*columns).where(Tally.place_id.in_(below), Tally.employee_id == ALL_EMPLOYEES)
    return db.session.execute(statement).all()


def save(rows: Sequence[StoredTally]) -> None:
    """Write tallies in the place of those with the same key."""
    # By the driver itself: a fold writes more of these than it counts responses.
    execute_many(SAVE, rows)


def remove(place_id: int, views: Sequence[str]) -> None:
    """Remove what is tallied for this place and its employees in these views."""
    db.session.execute(delete(Tally).where(Tally.place_id == place_id, Tally.view.in_(views)))


def remove_empty(place_ids: Sequence[int]) -> None:
    """Remove those tallies of these places that count nobody."""
    db.session.execute(delete(Tally).where(Tally.place_id.in_(place_ids), Tally.n == 0))

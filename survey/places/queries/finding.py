"""Look-ups of places and employees."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, select
from sqlalchemy.orm import joinedload

from survey.db import db
from survey.places.models import Employee, Place

PER_STATEMENT = 5000
"""Values bound in one statement; SQLite takes 32,766."""
ANSWERS = frozenset({"response", "waiting"})
"""Tables of answers: of a feature above this one, which imports it."""


def place(code: str) -> Place | None:
    return None if "\0" in code else db.session.scalar(select(Place).filter_by(code=code))


def roots() -> list[Place]:
    return list(db.session.scalars(select(Place).filter_by(parent_id=None).order_by(Place.code)))


def children(parent: Place) -> list[Place]:
    return list(db.session.scalars(select(Place).filter_by(parent_id=parent.id).order_by(Place.code)))


def subtree(top: Place, kind: str | None = None) -> list[Place]:
    """Return ``top`` and all below it, ordered by code; only those of ``kind`` when given."""
    statement = select(Place).where(in_part(top.path)).order_by(Place.code)
    return list(db.session.scalars(statement.filter_by(kind=kind) if kind else statement))


def in_part(path: str | SQLColumnExpression[str], places: type[Place] = Place) -> ColumnElement[bool]:
    """Return the condition that a place is at ``path`` or below, as a range, so that the index is used.

    ":" sorts after every digit and "/".
    """
    return and_(places.path >= path, places.path < path + ":")


def ancestors(of: Place) -> list[Place]:
    """Return the places above ``of``, from the root down."""
    return list(
        db.session.scalars(select(Place).where(Place.id.in_(of.ancestor_ids[:-1])).order_by(Place.path))
    )


def ways(to: Sequence[Place]) -> dict[int, list[Place]]:
    """Return, by the id of each place, the places above it from the root down."""
    above = {place_id for place in to for place_id in place.ancestor_ids[:-1]}
    above_by_id = {place.id: place for place in db.session.scalars(select(Place).where(Place.id.in_(above)))}
    return {place.id: [above_by_id[place_id] for place_id in place.ancestor_ids[:-1]] for place in to}


def by_codes(codes: Iterable[str]) -> dict[str, Place]:
    """Return the places with these codes, by code. Any number of codes is allowed."""
    wanted = list(codes)
    places: dict[str, Place] = {}
    for start in range(0, len(wanted), PER_STATEMENT):
        statement = select(Place).where(Place.code.in_(wanted[start : start + PER_STATEMENT]))
        places.update((place.code, place) for place in db.session.scalars(statement))
    return places


def height(top: Place) -> int:
    """Return the number of levels from ``top`` to the deepest place below; 1 for a leaf."""
    slashes = func.length(Place.path) - func.length(func.replace(Place.path, "/", ""))
    deepest = db.session.scalar(select(func.max(slashes)).where(in_part(top.path)))
    return int(deepest or 0) - len(top.ancestor_ids)


def employee(code: str) -> Employee | None:
    statement = select(Employee).options(joinedload(Employee.place)).filter_by(code=code)
    return None if "\0" in code else db.session.scalar(statement)


def employees(at: Place) -> list[Employee]:
    return list(db.session.scalars(select(Employee).filter_by(place_id=at.id).order_by(Employee.code)))


def ancestor_ids(place_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return, by the id of each place, the ids from the root to it, its own last."""
    wanted = sorted(set(place_ids))
    ids: dict[int, tuple[int, ...]] = {}
    for i in range(0, len(wanted), PER_STATEMENT):
        statement = select(Place.id, Place.path).where(Place.id.in_(wanted[i : i + PER_STATEMENT]))
        for place_id, path in db.session.execute(statement):
            ids[place_id] = tuple(int(part) for part in path.strip("/").split("/"))
    return ids


def ids_bottom_up() -> list[tuple[int, int | None]]:
    """Return (id, parent's id) of every place, each after all places below it."""
    rows = db.session.execute(select(Place.path, Place.id, Place.parent_id)).all()
    # A path begins with its parent's, so that backwards it comes first; databases order text by language.
    return [(place_id, parent_id) for _path, place_id, parent_id in sorted(rows, reverse=True)]


def place_by_id(place_id: int) -> Place:
    return db.session.get_one(Place, place_id)


def employee_by_id(employee_id: int) -> Employee | None:
    return db.session.get(Employee, employee_id)


def referring(to: Place | Employee) -> set[str]:
    """Return the names of the tables of all features with a row that refers to it."""
    target = type(to).__table__
    keys = [
        (table, key)
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is target
    ]
    return {
        table.name
        for table, key in keys
        if db.session.scalar(select(1).select_from(table).where(key.parent == to.id).limit(1))
    }


def has_answers(place: Place) -> bool:
    """Return whether there are responses about ``place`` or a place below it."""
    below = select(Place.id).where(in_part(place.path))
    return any(
        db.session.scalar(select(1).select_from(answers).where(answers.c.place_id.in_(below)).limit(1))
        for answers in map(db.metadata.tables.__getitem__, sorted(ANSWERS))
    )

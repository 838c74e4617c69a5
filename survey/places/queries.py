"""Places and employees, found."""

from collections.abc import Iterable

from sqlalchemy import select

from survey.db import db

from .models import Employee, Place


def place(code: str) -> Place | None:
    return db.session.scalar(select(Place).filter_by(code=code))


def roots() -> list[Place]:
    return list(db.session.scalars(select(Place).filter_by(parent_id=None).order_by(Place.code)))


def children(parent: Place) -> list[Place]:
    return list(db.session.scalars(select(Place).filter_by(parent_id=parent.id).order_by(Place.code)))


def subtree(top: Place, kind: str | None = None) -> list[Place]:
    """``top`` and all below it, by code; of one ``kind`` when given."""
    statement = select(Place).where(Place.path.startswith(top.path, autoescape=True)).order_by(Place.code)
    return list(db.session.scalars(statement.filter_by(kind=kind) if kind else statement))


def employee(code: str) -> Employee | None:
    return db.session.scalar(select(Employee).filter_by(code=code))


def employees(at: Place) -> list[Employee]:
    return list(db.session.scalars(select(Employee).filter_by(place_id=at.id).order_by(Employee.code)))


def ancestor_ids(place_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each of these places the ids from the root to it, its own last."""
    wanted = sorted(set(place_ids))
    found: dict[int, tuple[int, ...]] = {}
    for i in range(0, len(wanted), 5000):
        statement = select(Place.id, Place.path).where(Place.id.in_(wanted[i : i + 5000]))
        for place_id, path in db.session.execute(statement):
            found[place_id] = tuple(int(part) for part in path.strip("/").split("/"))
    return found


def ids_bottom_up() -> list[tuple[int, int | None]]:
    """(id, parent's id) of every place, each after all that lies below it."""
    rows = db.session.execute(select(Place.path, Place.id, Place.parent_id)).all()
    # A path begins with its parent's, so that backwards it comes first; databases order text by language.
    return [(place_id, parent_id) for _path, place_id, parent_id in sorted(rows, reverse=True)]


def place_by_id(place_id: int) -> Place:
    return db.session.get_one(Place, place_id)


def employee_by_id(employee_id: int) -> Employee | None:
    return db.session.get(Employee, employee_id)

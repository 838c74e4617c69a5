"""Places and employees, found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    Update,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased, joinedload

from survey.db import db

from .models import Employee, Place

PER_STATEMENT = 5000
"""Values bound in one statement; SQLite takes 32,766."""


def place(code: str) -> Place | None:
    return None if "\0" in code else db.session.scalar(select(Place).filter_by(code=code))


def roots() -> list[Place]:
    return list(db.session.scalars(select(Place).filter_by(parent_id=None).order_by(Place.code)))


def children(parent: Place) -> list[Place]:
    return list(db.session.scalars(select(Place).filter_by(parent_id=parent.id).order_by(Place.code)))


def subtree(top: Place, kind: str | None = None) -> list[Place]:
    """``top`` and all below it, by code; of one ``kind`` when given."""
    statement = select(Place).where(in_part(top.path)).order_by(Place.code)
    return list(db.session.scalars(statement.filter_by(kind=kind) if kind else statement))


def in_part(path: str | ColumnElement[str], places: type[Place] = Place) -> ColumnElement[bool]:
    """Lies at ``path`` or below. A range, which an index answers: ":" comes after every digit and "/"."""
    return and_(places.path >= path, places.path < path + ":")


def ancestors(of: Place) -> list[Place]:
    """From the root down to the place above ``of``."""
    return list(
        db.session.scalars(select(Place).where(Place.id.in_(of.ancestor_ids[:-1])).order_by(Place.path))
    )


def ways(to: Sequence[Place]) -> dict[int, list[Place]]:
    """For each of a page's places, by its id, those above it from the root down."""
    above = {place_id for place in to for place_id in place.ancestor_ids[:-1]}
    found = {place.id: place for place in db.session.scalars(select(Place).where(Place.id.in_(above)))}
    return {place.id: [found[place_id] for place_id in place.ancestor_ids[:-1]] for place in to}


def by_codes(codes: Iterable[str]) -> dict[str, Place]:
    """The places that have one of ``codes``, however many these are."""
    wanted = list(codes)
    found: dict[str, Place] = {}
    for start in range(0, len(wanted), PER_STATEMENT):
        statement = select(Place).where(Place.code.in_(wanted[start : start + PER_STATEMENT]))
        found.update((one.code, one) for one in db.session.scalars(statement))
    return found


@dataclass(frozen=True)
class Node:
    """A place as the tree shows it, with how many of each lie below it (retired ones not counted)."""

    place: Place
    children: int
    points: int
    employees: int


def nodes(parent: Place | None, offset: int = 0, limit: int = 100) -> list[Node]:
    """The places right below ``parent`` (None: the roots), groups and regions first, then by code."""
    statement = _nodes().where(Place.parent_id == (parent.id if parent else None))
    statement = statement.order_by(Place.kind == "point", Place.code).offset(offset).limit(limit)
    return [Node(*row) for row in db.session.execute(statement)]


def node(of: Place) -> Node:
    return Node(*db.session.execute(_nodes().where(Place.id == of.id)).one())


def _nodes() -> Select[tuple[Place, int, int, int]]:
    below = aliased(Place)
    children = select(func.count()).where(below.parent_id == Place.id).correlate(Place).scalar_subquery()
    return select(Place, children, _count_points(), _count_employees())


def _count_points() -> ScalarSelect[int]:
    point = aliased(Place)
    served = and_(in_part(Place.path, point), point.kind == "point", point.retired_on.is_(None))
    return select(func.count()).select_from(point).where(served).correlate(Place).scalar_subquery()


def _count_employees() -> ScalarSelect[int]:
    point = aliased(Place)
    serving = select(func.count()).select_from(Employee).join(point, Employee.place_id == point.id)
    serving = serving.where(in_part(Place.path, point), Employee.retired_on.is_(None))
    return serving.correlate(Place).scalar_subquery()


def search(wanted: str, top: Place | None, offset: int = 0, limit: int = 50) -> tuple[list[Place], int]:
    """Places within ``top`` whose code or a name holds ``wanted``, by code; and how many there are in all."""
    texts = (Place.code, Place.name, Place.name_en)
    found = or_(*(column.icontains(wanted, autoescape=True) for column in texts))
    found = and_(found, in_part(top.path)) if top else found
    statement = select(Place).where(found).order_by(Place.code).offset(offset).limit(limit)
    total = db.session.scalar(select(func.count()).select_from(Place).where(found)) or 0
    return list(db.session.scalars(statement)), total


def destinations(top: Place | None, points: bool, limit: int = 500) -> list[Place]:
    """Where something may be moved to: service points, or else what has places below; not retired."""
    statement = select(Place).where((Place.kind == "point") == points, Place.retired_on.is_(None))
    statement = statement.where(in_part(top.path)) if top else statement
    return list(db.session.scalars(statement.order_by(Place.code).limit(limit)))


def height(top: Place) -> int:
    """Levels from ``top`` down to the deepest below it, ``top`` itself being one."""
    slashes = func.length(Place.path) - func.length(func.replace(Place.path, "/", ""))
    deepest = db.session.scalar(select(func.max(slashes)).where(in_part(top.path)))
    return int(deepest or 0) - len(top.ancestor_ids)


def employee(code: str) -> Employee | None:
    statement = select(Employee).options(joinedload(Employee.place)).filter_by(code=code)
    return None if "\0" in code else db.session.scalar(statement)


def employees(at: Place) -> list[Employee]:
    return list(db.session.scalars(select(Employee).filter_by(place_id=at.id).order_by(Employee.code)))


def ancestor_ids(place_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each of these places the ids from the root to it, its own last."""
    wanted = sorted(set(place_ids))
    found: dict[int, tuple[int, ...]] = {}
    for i in range(0, len(wanted), PER_STATEMENT):
        statement = select(Place.id, Place.path).where(Place.id.in_(wanted[i : i + PER_STATEMENT]))
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


def referring(to: Place | Employee) -> set[str]:
    """Names of the tables that hold a row referring to it, in whichever feature they live."""
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
    """True when a response was given about ``place`` or anything below it."""
    answers = db.metadata.tables["response"]  # of a feature above this one, which imports it
    below = select(Place.id).where(in_part(place.path))
    return (
        db.session.scalar(select(1).select_from(answers).where(answers.c.place_id.in_(below)).limit(1)) == 1
    )


def one_at_a_time(session: Session) -> None:
    """Waits until nobody else changes the tree or its employees. Answers go on coming in meanwhile."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE place IN SHARE ROW EXCLUSIVE MODE"))


def rehang(session: Session, moved: Place, parent: Place | None) -> None:
    """Gives ``moved`` another parent, and its whole subtree the paths that follow from it."""
    path = f"{parent.path if parent else '/'}{moved.id}/"
    values = {
        "parent_id": case((Place.id == moved.id, parent.id if parent else None), else_=Place.parent_id),
        "path": literal(path) + func.substr(Place.path, len(moved.path) + 1),
    }
    _write(session, update(Place).where(in_part(moved.path)).values(values))
    session.expire_all()


def insert_level(session: Session, rows: list[dict[str, object]]) -> dict[str, int]:
    """Adds places whose parents are there already; returns their ids by code."""
    added = session.execute(insert(Place).returning(Place.code, Place.id), rows)
    ids = {row.code: row.id for row in added}
    parent = aliased(Place)
    above = select(parent.path).where(parent.id == Place.parent_id).scalar_subquery()
    path = func.coalesce(above, "/") + cast(Place.id, String) + "/"
    _write(session, update(Place).where(Place.path == "").values(path=path))
    return ids


def set_retired(session: Session, top: Place, before: date | None, after: date | None) -> None:
    """Retires (``before`` None) or restores ``top``, all below it and their employees.

    Only those change whose day of retirement is ``before``.
    """
    was = Place.retired_on.is_(None) if before is None else Place.retired_on == before
    serving = Employee.place_id.in_(select(Place.id).where(in_part(top.path)))
    past = Employee.retired_on.is_(None) if before is None else Employee.retired_on == before
    _write(session, update(Employee).where(serving, past).values(retired_on=after))
    _write(session, update(Place).where(in_part(top.path), was).values(retired_on=after))
    session.expire_all()


def remove(session: Session, thing: Place | Employee) -> bool:
    """Deletes a row; False, and the transaction is lost, when another refers to it after all."""
    try:
        session.execute(delete(type(thing)).where(type(thing).id == thing.id))
    except IntegrityError:
        return False
    return True


def _write(session: Session, statement: Update) -> None:
    session.execute(statement.execution_options(synchronize_session=False))

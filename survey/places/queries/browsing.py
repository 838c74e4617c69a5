"""Places as the tree shows them, searched, and offered to be moved to."""

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from survey.db import db
from survey.places.models import Employee, Place

from .finding import in_part


@dataclass(frozen=True)
class Node:
    """A place as the tree shows it, with numbers of what is below it.

    ``children`` are places right below; retired ``points`` and ``employees`` are not counted.
    """

    place: Place
    children: int
    points: int
    employees: int


def nodes(parent: Place | None, offset: int = 0, limit: int = 100) -> list[Node]:
    """Return the places right below ``parent`` (None: the roots), groups and regions first, then by code."""
    statement = _nodes().where(Place.parent_id == (parent.id if parent else None))
    statement = statement.order_by(Place.kind == "point", Place.code).offset(offset).limit(limit)
    return [Node(*row) for row in db.session.execute(statement)]


def node(of: Place) -> Node:
    return Node(*db.session.execute(_nodes().where(Place.id == of.id)).one())


def _nodes() -> Select[Place, int, int, int]:
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
    """Return a page of the places in ``top`` whose code or name contains ``wanted``, and their number."""
    texts = (Place.code, Place.name, Place.name_en)
    matches = or_(*(column.icontains(wanted, autoescape=True) for column in texts))
    matches = and_(matches, in_part(top.path)) if top else matches
    statement = select(Place).where(matches).order_by(Place.code).offset(offset).limit(limit)
    total = db.session.scalar(select(func.count()).select_from(Place).where(matches)) or 0
    return list(db.session.scalars(statement)), total


def destinations(top: Place | None, points: bool, limit: int = 500) -> list[Place]:
    """Return possible destinations of a move that are in use: service points, or groups and regions."""
    statement = select(Place).where((Place.kind == "point") == points, Place.retired_on.is_(None))
    statement = statement.where(in_part(top.path)) if top else statement
    return list(db.session.scalars(statement.order_by(Place.code).limit(limit)))

"""Places and employees, found."""

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

"""Queries of the places and employees whose figures are read, with the columns that lists need."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from survey.db import db
from survey.places.models import Employee, Place
from survey.places.queries import in_part
from survey.tallies.subject_key import ALL_EMPLOYEES, SubjectKey


@dataclass(frozen=True)
class Subject:
    """A place, or an employee who serves at the place with code ``at`` (None for a place)."""

    place_id: int
    employee_id: int
    code: str
    name: str
    name_en: str
    at: str | None = None

    @property
    def key(self) -> SubjectKey:
        return self.place_id, self.employee_id

    def named(self, locale: str) -> str:
        return self.name_en if locale == "en" and self.name_en else self.name


def of_place(place: Place) -> Subject:
    return Subject(place.id, ALL_EMPLOYEES, place.code, place.name, place.name_en)


def children(place: Place) -> list[Subject]:
    """Return the children of this place, by code."""
    return _places(_columns().where(Place.parent_id == place.id))


def below(place: Place, kind: str) -> list[Subject]:
    """Return the places of this kind in the part of the tree at ``place``, by code."""
    return _places(_columns().where(in_part(place.path), Place.kind == kind))


def service_points() -> dict[int, tuple[int, ...]]:
    """Return the ids of all service points, each with the ids of its path from the root to itself."""
    rows = db.session.execute(select(Place.id, Place.path).where(Place.kind == "point"))
    return {place_id: tuple(map(int, path.strip("/").split("/"))) for place_id, path in rows}


def employees(place: Place) -> list[Subject]:
    """Return the employees in the part of the tree at ``place``, by code; their figures are of the responses
    given at their places."""
    statement = (
        select(Place.id, Employee.id, Employee.code, Employee.name, Place.code)
        .join(Employee.place)
        .where(in_part(place.path))
        .order_by(Employee.code)
    )
    return [
        Subject(place_id, employee_id, code, name, "", place_code)
        for place_id, employee_id, code, name, place_code in db.session.execute(statement)
    ]


def _columns() -> Select[int, str, str, str]:
    return select(Place.id, Place.code, Place.name, Place.name_en).order_by(Place.code)


def _places(statement: Select[int, str, str, str]) -> list[Subject]:
    return [
        Subject(place_id, ALL_EMPLOYEES, code, name, name_en)
        for place_id, code, name, name_en in db.session.execute(statement)
    ]

"""Queries that read and write the known totals of customers."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, func, insert, select

from survey.db import db, row_count
from survey.places.models import Place
from survey.weighting.models import Total


def months() -> list[date]:
    """Return the months from which totals are in force, the newest first."""
    return list(db.session.scalars(select(Total.month).distinct().order_by(Total.month.desc())))


def month_in_force(day: date) -> date | None:
    """Return the month whose totals are in force on this day: the newest that has begun, else the earliest;
    None without totals."""
    begun = db.session.scalar(select(func.max(Total.month)).where(Total.month <= day))
    return begun or db.session.scalar(select(func.min(Total.month)))


def of_month(month: date) -> list[Total]:
    """Return the totals of this month, by attribute, place and value."""
    statement = select(Total).filter_by(month=month)
    return list(db.session.scalars(statement.order_by(Total.attribute, Total.place_id, Total.value)))


def places(month: date) -> dict[int, Place]:
    """Return the places that have totals of this month, by id."""
    statement = select(Place).join(Total, Total.place_id == Place.id).where(Total.month == month)
    return {place.id: place for place in db.session.scalars(statement)}


def save(month: date, rows: Iterable[tuple[str, int, str, float]]) -> None:
    """Write the totals of a month from rows (attribute, place_id, value, customers); they replace those that
    it had."""
    remove(month)
    names = ("attribute", "place_id", "value", "customers")
    values = [dict(zip(names, row, strict=True)) | {"month": month} for row in rows]
    if values:
        db.session.connection().execute(insert(Total), values)


def remove(month: date) -> int:
    """Remove the totals of this month; return how many there were."""
    return row_count(db.session.execute(delete(Total).where(Total.month == month)))

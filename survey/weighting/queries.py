"""Known totals of customers, read and written."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, func, insert, select

from survey.db import db, row_count
from survey.places.models import Place
from survey.weighting.models import Total


def months() -> list[date]:
    """From when on there are sets of totals, the newest first."""
    return list(db.session.scalars(select(Total.month).distinct().order_by(Total.month.desc())))


def in_force(day: date) -> date | None:
    """Return the month of the set that holds on this day: the newest that has begun, or else the first of
    all."""
    begun = db.session.scalar(select(func.max(Total.month)).where(Total.month <= day))
    return begun or db.session.scalar(select(func.min(Total.month)))


def of_month(month: date) -> list[Total]:
    """Return the set that holds from this month on."""
    statement = select(Total).filter_by(month=month)
    return list(db.session.scalars(statement.order_by(Total.attribute, Total.place_id, Total.value)))


def places(month: date) -> dict[int, Place]:
    """Return the places of the set of this month, by id."""
    statement = select(Place).join(Total, Total.place_id == Place.id).where(Total.month == month)
    return {place.id: place for place in db.session.scalars(statement)}


def save(month: date, rows: Iterable[tuple[str, int, str, float]]) -> None:
    """Write a set, (attribute, place_id, value, customers) each, in the place of that of the month."""
    remove(month)
    names = ("attribute", "place_id", "value", "customers")
    values = [dict(zip(names, row, strict=True)) | {"month": month} for row in rows]
    if values:
        db.session.connection().execute(insert(Total), values)


def remove(month: date) -> int:
    """Remove the set of this month; return how many totals it had."""
    return row_count(db.session.execute(delete(Total).where(Total.month == month)))

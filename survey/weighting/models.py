"""Customer totals, known from elsewhere, that figures are weighted by."""

from datetime import date

from sqlalchemy import CheckConstraint, Double, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import Model


class Total(Model):
    """How many customers there are, known from elsewhere, of a service point or a segment of all customers.

    A set holds from its ``month`` (the first day) on, until the next. ``attribute`` is one of
    rules/files.py: of "place", ``place_id`` says which and ``value`` is ""; of the others ``place_id``
    is 0 and ``value`` a channel or a language. Totals of an attribute count relative to each other.
    """

    __tablename__ = "total"
    __table_args__ = (
        CheckConstraint("customers >= 0", name="customers"),
        {"sqlite_with_rowid": False},
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    attribute: Mapped[str] = mapped_column(String(8), primary_key=True)
    place_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(String(12), primary_key=True)
    customers: Mapped[float] = mapped_column(Double)

"""The table of customer totals, known from elsewhere, by which figures are weighted."""

from datetime import date

from sqlalchemy import CheckConstraint, Double, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import Model


class Total(Model):
    """The number of customers, known from elsewhere, of a service point or of a segment of all customers.

    The totals of a ``month`` (its first day) are in force until the next month with totals. ``attribute`` is
    among those of rules/files.py: for "place", ``place_id`` is the service point and ``value`` is ""; for the
    others ``place_id`` is 0 and ``value`` a channel or a language. Only the ratios among the totals of an
    attribute matter.
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

"""Tallies: counts of answers, added up so that an index never scans responses."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import Model

ALL_PARTS = 0


class Part(Model):
    """What the respondents of a tally have in common (rules/parts.py), "" where they differ."""

    __tablename__ = "part"
    __table_args__ = (UniqueConstraint("channel", "language", "care"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(12))
    care: Mapped[str] = mapped_column(String(12))


class Tally(Model):
    """The counts of a version's answers about a place (and employee) in a period.

    A place's tally includes those of all places below. ``employee_id`` is 0 for all employees.
    ``part_id`` is 0 for all respondents. Released counts are also stored by what their respondents have in
    common: the channel, the language and their care (see Part). These parts add up to the whole.
    ``view`` is "exact" (by the day of the response; the administrator's and the auditors' count) or
    "released" (what pages may show: a sum of batches, each as of the day before it closed; see
    survey/batches).
    ``grain`` is "day" or "month", and ``start`` its first day. ``cells`` is packed by rules/cells.py.
    """

    __tablename__ = "tally"
    __table_args__ = (
        CheckConstraint("view IN ('exact', 'released')", name="view"),
        CheckConstraint("grain IN ('day', 'month')", name="grain"),
        {"sqlite_with_rowid": False},
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    employee_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    view: Mapped[str] = mapped_column(String(8), primary_key=True)
    grain: Mapped[str] = mapped_column(String(5), primary_key=True)
    part_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    start: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    cells: Mapped[bytes] = mapped_column(LargeBinary)

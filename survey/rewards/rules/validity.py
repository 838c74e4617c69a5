"""The rule that says how long points are valid."""

from calendar import monthrange
from datetime import date


def last_day(taken_on: date, months: int) -> date:
    """Return the end of the month that is ``months`` after the month in which points were taken."""
    month = taken_on.month - 1 + months
    year, month = taken_on.year + month // 12, month % 12 + 1
    return date(year, month, monthrange(year, month)[1])

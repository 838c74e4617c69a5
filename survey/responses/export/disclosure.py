"""What a file shows that tells no more than the pages: whole months or quarters, and no signs of too
few."""

from datetime import date
from typing import NamedTuple

from survey.questionnaires.rules.careless import HASTY, TIMED


class Checks(NamedTuple):
    """Of how many responses of a batch the signs of carelessness are known, and the duration."""

    checked: int
    timed: int


def shown_signs(signs: int | None, checks: Checks, least: int) -> int | None:
    """Return the ``signs`` of a response, or None when fewer than ``least`` of its batch were checked;
    without the sign of haste when the duration of fewer than ``least`` is known."""
    if signs is None or checks.checked < least:
        return None
    return signs if checks.timed >= least else signs & ~(TIMED | HASTY)


def whole_months(first: date, last: date) -> tuple[date, date]:
    """Return the first and the last day of the months that the period touches."""
    if (last.year, last.month) == (9999, 12):
        return first.replace(day=1), last
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return first.replace(day=1), following - date.resolution


def whole_quarters(first: date, last: date) -> tuple[date, date]:
    """Return the first and the last day of the quarters that the period touches."""
    begin, end = (day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1) for day in (first, last))
    return begin, whole_months(end, end.replace(month=end.month + 2))[1]

"""Which days a file covers that shows no more than the pages: whole months."""

from datetime import date


def whole_months(first: date, last: date) -> tuple[date, date]:
    """The days of the months in which these lie."""
    if (last.year, last.month) == (9999, 12):
        return first.replace(day=1), last
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return first.replace(day=1), following - date.resolution

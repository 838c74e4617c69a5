"""Periods, and the spans of tallies that they consist of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(1)
NO_END = date(9999, 12, 31)


@dataclass(frozen=True)
class Span:
    """A range of tallies of one grain ("day" or "month") that start from ``first`` to ``last``."""

    grain: str
    first: date
    last: date


@dataclass(frozen=True)
class Period:
    """The days from ``first`` to ``last``, both included."""

    first: date = date(1900, 1, 1)
    last: date = NO_END

    def spans(self) -> list[Span]:
        """Return the spans of the period: whole months by month, the remaining days at either end by day."""
        if self.last < self.first:
            return []
        whole_from = self.first if self.first.day == 1 else next_month(self.first)
        whole_to = month(next_day(self.last)) if self.last != NO_END else NO_END  # excluded
        if whole_from >= whole_to:
            return [Span("day", self.first, self.last)]
        spans = [Span("month", whole_from, whole_to - DAY)]
        if self.first < whole_from:
            spans.append(Span("day", self.first, whole_from - DAY))
        if self.last >= whole_to and self.last != NO_END:
            spans.append(Span("day", whole_to, self.last))
        return spans

    def months(self) -> Iterator[date]:
        """Yield the first day of every month that the period touches."""
        start = month(self.first)
        while start <= self.last:
            yield start
            start = next_month(start)

    def before(self) -> "Period":
        """Return the period to compare this one with.

        For a period within a year and from its first day, of more than a month, it has the same days a year
        earlier; otherwise it has as many months before, for whole months, or as many days.
        """
        if self.last == NO_END:
            return Period(self.first, self.first - DAY)  # empty
        if (
            self.first == date(self.first.year, 1, 1)
            and self.last.year == self.first.year
            and self.months_held > 1
        ):
            return Period(date(self.first.year - 1, 1, 1), _year_earlier(self.last))
        if self.is_whole_months:
            return Period(months_before(self.first, self.months_held), self.first - DAY)
        return Period(self.first - (self.last - self.first) - DAY, self.first - DAY)

    @property
    def is_whole_months(self) -> bool:
        """Return whether the period consists of whole months; a period without end does not."""
        return self.last != NO_END and self.first.day == 1 and next_day(self.last).day == 1

    @property
    def months_held(self) -> int:
        """Return how many months the period touches."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1


def _year_earlier(last: date) -> date:
    """Return the same day of the year before; the last day of a month becomes the last of that month."""
    if next_day(last).day == 1:
        return next_month(last.replace(day=1, year=last.year - 1)) - DAY
    return last.replace(year=last.year - 1)


def last_of_month(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return next_month(day) - DAY


def month(day: date) -> date:
    """Return the first day of the month of ``day``."""
    return day.replace(day=1)


def next_day(day: date) -> date:
    """Return the day after. Raises OverflowError after the last day of the calendar."""
    return day + DAY


def next_month(day: date) -> date:
    """Return the first day of the month after that of ``day``. Raises OverflowError after the last month of
    the calendar."""
    return month(month(day) + timedelta(31))


def months_before(day: date, number: int) -> date:
    """Return the first day of the month ``number`` months before that of ``day``."""
    months = day.year * 12 + day.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)

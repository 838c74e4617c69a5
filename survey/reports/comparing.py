"""Places beside each other and months after each other: the values of a report's charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from survey.indexes.ranking import Ranked, SubjectRanking
from survey.indexes.trend import Trend
from survey.statistics.control_charts import ChartPeriod
from survey.statistics.intervals import Interval

from .monthly import Monthly
from .sentences import listed
from .words import Words, number, signed

MARKS = {"risen": " ▲", "fallen": " ▼"}
STEPS = (0.0, 20.0, 40.0, 50.0, 60.0, 70.0, 80.0)


@dataclass(frozen=True)
class Dot:
    """A row of a dot plot. ``notes`` stand at its right, in columns; ``marked``: it is drawn in another
    colour."""

    name: str
    value: float | None
    interval: Interval | None
    notes: Sequence[str]
    marked: bool = False


@dataclass(frozen=True)
class Point:
    """A month of a trend, its value also as it is ``shown``. ``marked``: beyond the limits."""

    label: str
    value: float | None
    shown: str
    interval: Interval | None
    n: int
    marked: bool = False


def dots(monthly: Monthly, ranked: Sequence[Ranked]) -> list[Dot]:
    """A row for each: index, change (marked where there is evidence of it), answers, rank."""
    moved = {one.subject for each in (monthly.points, monthly.regions) if each for one in each.moved}
    return [
        Dot(
            monthly.named(one.subject),
            one.standing.estimate.value,
            one.standing.interval,
            (
                number(one.standing.estimate.value),
                signed(one.change.value) + (MARKS[one.change.verdict] if one.subject in moved else ""),
                f"{one.n:,}",
                _ranks(one),
            ),
            bool(one.standing.beyond),
        )
        for one in ranked
    ]


def _ranks(one: Ranked) -> str:
    best, worst = one.standing.rank.best, one.standing.rank.worst
    return f"{best}–{worst}" if best < worst else str(best)


def points(months: Trend) -> list[Point]:
    """Return the months of a trend, each with its control limits."""
    marks: Sequence[ChartPeriod | None] = months.index.marks or [None] * len(months.months)
    return [
        Point(f"{start:%Y-%m}", value, number(value), _limits(mark), n, bool(mark and mark.signal))
        for start, value, n, mark in zip(
            months.months, months.index.values, months.numbers, marks, strict=True
        )
    ]


def _limits(mark: ChartPeriod | None) -> Interval | None:
    if mark is None or mark.low is None or mark.high is None:
        return None
    return Interval(mark.low, mark.high)


def scale(monthly: Monthly) -> dict[str, Any]:
    """Return where the scale of all dot plots of a report begins, and the mean of its service points."""
    rankings = [ranking for ranking in (monthly.points, monthly.regions) if ranking]
    intervals = [one.standing.interval for ranking in rankings for one in ranking.ranked]
    points = monthly.points
    return {
        "low": scale_from([*(interval.low for interval in intervals if interval), 100.0]),
        "middle": points.field.between.mean if points and points.field.between else None,
    }


def scale_from(values: Sequence[float]) -> float:
    """A round number below them all, so that 40 places near 80 do not lie upon each other."""
    return max(step for step in STEPS if step <= max(0.0, min(values)))


def findings(monthly: Monthly, ranking: SubjectRanking, said: Words) -> list[str]:
    """What a comparison of service points says, in sentences."""
    behind = [monthly.named(one.subject) for one in ranking.behind]
    moved = [f"{monthly.named(one.subject)} {signed(one.change.value)}" for one in ranking.moved]
    few = [monthly.named(one) for one in ranking.few]
    found = [said("behind", names=listed(behind, said)) if behind else said("nobody_behind")]
    found.append(said("moved", names=listed(moved, said)) if moved else said("nobody_moved"))
    return [*found, said("few_places", names=listed(few, said))] if few else found

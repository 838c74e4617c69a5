"""The values of a report's charts, which compare places and months."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from survey.indexes.ranking import Ranked, SubjectRanking
from survey.indexes.trend import Trend
from survey.statistics.control_charts import ChartPeriod
from survey.statistics.intervals import Interval

from .monthly import MonthlyReport
from .sentences import join_names
from .words import Words, number, signed_number

MARKS = {"risen": " ▲", "fallen": " ▼"}
STEPS = (0.0, 20.0, 40.0, 50.0, 60.0, 70.0, 80.0)


@dataclass(frozen=True)
class DotRow:
    """A row of a dot plot. ``notes`` are printed at its right, in columns; a ``marked`` row has another
    colour."""

    name: str
    value: float | None
    interval: Interval | None
    notes: Sequence[str]
    marked: bool = False


@dataclass(frozen=True)
class MonthPoint:
    """A month of a trend, with its value also as text (``shown``). A ``marked`` month is beyond the control
    limits, which are the ``interval``."""

    label: str
    value: float | None
    shown: str
    interval: Interval | None
    n: int
    marked: bool = False


def dot_rows(monthly: MonthlyReport, ranked: Sequence[Ranked]) -> list[DotRow]:
    """Return a row for each ranked place: its index, its change (with an arrow where it is significant among
    all), its answers and its rank."""
    moved = {
        changed.subject
        for ranking in (monthly.points, monthly.regions)
        if ranking
        for changed in ranking.moved
    }
    return [
        DotRow(
            monthly.name_of(place.subject),
            place.standing.estimate.value,
            place.standing.interval,
            (
                number(place.standing.estimate.value),
                signed_number(place.change.value)
                + (MARKS[place.change.verdict] if place.subject in moved else ""),
                f"{place.n:,}",
                _rank_range(place),
            ),
            bool(place.standing.beyond),
        )
        for place in ranked
    ]


def _rank_range(ranked: Ranked) -> str:
    best, worst = ranked.standing.rank.best, ranked.standing.rank.worst
    return f"{best}–{worst}" if best < worst else str(best)


def month_points(trend: Trend) -> list[MonthPoint]:
    """Return the months of a trend, each with its control limits."""
    marks: Sequence[ChartPeriod | None] = trend.index.marks or [None] * len(trend.months)
    return [
        MonthPoint(f"{start:%Y-%m}", value, number(value), _limits(mark), n, bool(mark and mark.signal))
        for start, value, n, mark in zip(trend.months, trend.index.values, trend.numbers, marks, strict=True)
    ]


def _limits(mark: ChartPeriod | None) -> Interval | None:
    if mark is None or mark.low is None or mark.high is None:
        return None
    return Interval(mark.low, mark.high)


def scale(monthly: MonthlyReport) -> dict[str, Any]:
    """Return the start of the scale of all dot plots of a report ("low"), and the mean of its service points
    ("middle", None where it is unknown)."""
    rankings = [ranking for ranking in (monthly.points, monthly.regions) if ranking]
    intervals = [ranked.standing.interval for ranking in rankings for ranked in ranking.ranked]
    point_ranking = monthly.points
    return {
        "low": scale_from([*(interval.low for interval in intervals if interval), 100.0]),
        "middle": point_ranking.field.between.mean if point_ranking and point_ranking.field.between else None,
    }


def scale_from(values: Sequence[float]) -> float:
    """Return the highest of STEPS that is not above any value, so that the dots of 40 places near 80 do not
    overlap."""
    return max(step for step in STEPS if step <= max(0.0, min(values)))


def findings(monthly: MonthlyReport, ranking: SubjectRanking, words: Words) -> list[str]:
    """Return the findings of a comparison of service points, in sentences."""
    behind = [monthly.name_of(ranked.subject) for ranked in ranking.behind]
    changes = [
        f"{monthly.name_of(ranked.subject)} {signed_number(ranked.change.value)}" for ranked in ranking.moved
    ]
    few = [monthly.name_of(subject) for subject in ranking.few]
    sentences = [words("behind", names=join_names(behind, words)) if behind else words("nobody_behind")]
    sentences.append(words("moved", names=join_names(changes, words)) if changes else words("nobody_moved"))
    return [*sentences, words("few_places", names=join_names(few, words))] if few else sentences

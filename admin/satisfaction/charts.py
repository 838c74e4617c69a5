"""The data of the charts, as their macros take them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from admin.figure_filters import address_of
from survey.indexes.peers import Siblings
from survey.indexes.ranking import Ranked
from survey.indexes.rules.trend_lines import TrendLine
from survey.indexes.trend import Trend
from survey.statistics.control_charts import ChartPeriod
from survey.statistics.funnel import ALARM, WARNING, Funnel
from survey.statistics.intervals import Interval

STEPS = 24  # segments of the curve of a limit
FEW = 4  # times fewer answers than usual, from which a band is cut off, since it would flatten all the others


class Axis(NamedTuple):
    """An axis from ``low`` to ``high``, round numbers with a round number in the middle."""

    low: float
    high: float


@dataclass(frozen=True)
class RankingRow:
    """A row of the dot plot of indexes. ``likely`` is the index after shrinkage; ``rank`` the ends of the
    interval of its rank; ``target`` is None where none is set."""

    name: str
    url: str
    value: float | None
    n: int
    interval: Interval | None
    likely: float
    rank: tuple[int, int]
    target: float | None = None


@dataclass(frozen=True)
class CurvePoint:
    """A month of a trend. ``band`` has the limits of the control chart; ``signal`` is 1 above them, −1 below
    and 0 within."""

    label: str
    value: float | None
    n: int
    band: tuple[float, float] | None = None
    signal: int = 0


@dataclass(frozen=True)
class Curve:
    """The curve of a trend, with the points that signal, and the months since which it is high or low."""

    points: Sequence[CurvePoint]
    axis: Axis
    centre: float | None
    signals: Sequence[CurvePoint]
    risen_since: str | None
    fallen_since: str | None


@dataclass(frozen=True)
class FunnelSpot:
    """A unit in the funnel plot: ``across`` in per cent of the width, its figure, and the number of answers.
    ``beyond`` is "alarm" or "warning" outside these limits, else ""; ``own`` marks the unit of the page."""

    name: str
    url: str
    across: float
    value: float
    n: int
    beyond: str
    own: bool


@dataclass(frozen=True)
class FunnelPlot:
    """A funnel plot. ``limits`` has, by level, the low and the high curve as points (across, value); ``most``
    is the number of answers at the right end."""

    spots: Sequence[FunnelSpot]
    axis: Axis
    target: float
    most: int
    limits: dict[str, tuple[list[tuple[float, float]], list[tuple[float, float]]]] = field(
        default_factory=dict
    )


def axis_of(values: Iterable[float | None], low: float = 0, high: float = 100, step: int = 10) -> Axis:
    """Return the axis around ``values`` in whole steps, within ``low`` to ``high``; the whole range without
    values."""
    known = [value for value in values if value is not None]
    if not known:
        return Axis(low, high)
    first = max(low, math.floor(min(known) / step) * step)
    last = min(high, math.ceil(max(known) / step) * step)
    return Axis(first, last) if last > first else Axis(max(low, first - step), min(high, last + step))


def ranking_rows(ranked: Sequence[Ranked], locale: str) -> list[RankingRow]:
    """Return the rows of the dot plot, in the order of the ranking."""
    return [
        RankingRow(
            entry.subject.named(locale),
            address_of(entry.subject),
            entry.standing.estimate.value,
            entry.n,
            entry.standing.interval,
            entry.standing.drawn.value,
            (entry.standing.rank.best, entry.standing.rank.worst),
            entry.target,
        )
        for entry in ranked
    ]


def ranking_axis(rows: Sequence[RankingRow]) -> Axis:
    """Return the axis that holds the intervals and targets of all rows."""
    ends = [end for row in rows for end in row.interval or (row.value,)]
    return axis_of([*ends, *(row.target for row in rows)])


def index_curve(trend: Trend) -> Curve:
    """Return the curve of the index, 0 to 100."""
    return _curve(trend, trend.index, 0, 100, 10)


def nps_curve(trend: Trend) -> Curve | None:
    """Return the curve of the NPS, −100 to 100; None without a question of recommendation."""
    return _curve(trend, trend.nps, -100, 100, 20) if trend.nps else None


def satisfied_curve(trend: Trend) -> Curve | None:
    """Return the curve of the satisfaction rate in per cent; None without a question of overall
    satisfaction."""
    return _curve(trend, trend.satisfied, 0, 100, 10) if trend.satisfied else None


def _curve(trend: Trend, line: TrendLine, low: float, high: float, step: int) -> Curve:
    """Return the curve of a line of the trend, on an axis from ``low`` to ``high`` at most."""
    marks: Sequence[ChartPeriod | None] = line.marks or [None] * len(trend.months)
    points = [
        CurvePoint(
            f"{start:%Y-%m}",
            value,
            n,
            (mark.low, mark.high) if mark and mark.low is not None and mark.high is not None else None,
            mark.signal if mark else 0,
        )
        for start, value, n, mark in zip(trend.months, line.values, trend.numbers, marks, strict=True)
    ]
    usual = median([point.n for point in points if point.n] or [0]) / FEW
    bands = [point.band for point in points if point.band and point.n >= usual]
    ends = [*(end for band in bands for end in band), *(point.value for point in points)]
    since = (
        {shift.direction: points[shift.since].label for shift in line.shifts.shifts} if line.shifts else {}
    )
    signals = [point for point in points if point.signal]
    return Curve(points, axis_of(ends, low, high, step), line.centre, signals, since.get(1), since.get(-1))


def funnel_plot(siblings: Siblings, locale: str) -> FunnelPlot | None:
    """Return the funnel plot of a unit and its siblings; None where there are too few of them."""
    ranking, own = siblings.ranking, siblings.own
    funnel = ranking.field.funnel if ranking else None
    if ranking is None or own is None or funnel is None:
        return None
    most = max(entry.standing.estimate.n for entry in ranking.ranked) * 1.05
    spots = [
        FunnelSpot(
            entry.subject.named(locale),
            address_of(entry.subject),
            round(100 * entry.standing.estimate.n / most, 2),
            entry.standing.estimate.value or 0.0,
            int(entry.standing.estimate.n),
            entry.standing.beyond,
            entry is own,
        )
        for entry in ranking.ranked
    ]
    least = min(entry.standing.estimate.n for entry in ranking.ranked)
    limits = {
        name: _limits(funnel, level, least, most) for name, level in (("warning", WARNING), ("alarm", ALARM))
    }
    edges = [value for low, high in limits.values() for _x, value in (low[0], high[0])]
    axis = axis_of([*(spot.value for spot in spots), *edges])
    return FunnelPlot(spots, axis, funnel.target, int(most), limits)


def _limits(
    funnel: Funnel, level: float, least: float, most: float
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Return the low and the high limit as points (across, value) from ``least`` to ``most`` answers. The
    steps are shorter for few answers, where the curves bend."""
    low, high = [], []
    for i in range(STEPS + 1):
        n = least + (most - least) * (i / STEPS) ** 2
        ends = funnel.limits(n, level)
        low.append((round(100 * n / most, 2), ends.low))
        high.append((round(100 * n / most, 2), ends.high))
    return low, high

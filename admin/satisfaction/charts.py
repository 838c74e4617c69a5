"""Figures as the charts' macros want them."""

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

STEPS = 24  # of a limit's curve
FEW = 4  # times fewer answers than usual: a band so wide is cut off, or it would flatten all the others


class Axis(NamedTuple):
    """From ``low`` to ``high``, round numbers with a round one in the middle."""

    low: float
    high: float


@dataclass(frozen=True)
class RankingRow:
    """A row of the dot plot. ``likely``: the index that few answers were drawn to; ``rank``: from … to;
    ``target``: its own, None without one."""

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
    """A month of a trend. ``band``: the limits of the control chart; ``signal``: 1 above them, −1 below."""

    label: str
    value: float | None
    n: int
    band: tuple[float, float] | None = None
    signal: int = 0


@dataclass(frozen=True)
class Curve:
    """A trend to be drawn: what its points say together."""

    points: Sequence[CurvePoint]
    axis: Axis
    centre: float | None
    signals: Sequence[CurvePoint]
    risen_since: str | None
    fallen_since: str | None


@dataclass(frozen=True)
class FunnelSpot:
    """A point of the funnel: across in per cent of the width, the figure, and the number of answers."""

    name: str
    url: str
    across: float
    value: float
    n: int
    beyond: str
    own: bool


@dataclass(frozen=True)
class FunnelPlot:
    """``limits``: by level, the low and the high curve as points (across, value)."""

    spots: Sequence[FunnelSpot]
    axis: Axis
    target: float
    most: int
    limits: dict[str, tuple[list[tuple[float, float]], list[tuple[float, float]]]] = field(
        default_factory=dict
    )


def axis_of(values: Iterable[float | None], low: float = 0, high: float = 100, step: int = 10) -> Axis:
    """Around ``values`` by whole steps, between ``low`` and ``high``; these without values."""
    known = [value for value in values if value is not None]
    if not known:
        return Axis(low, high)
    first = max(low, math.floor(min(known) / step) * step)
    last = min(high, math.ceil(max(known) / step) * step)
    return Axis(first, last) if last > first else Axis(max(low, first - step), min(high, last + step))


def ranking_rows(ranked: Sequence[Ranked], locale: str) -> list[RankingRow]:
    return [
        RankingRow(
            one.subject.named(locale),
            address_of(one.subject),
            one.standing.estimate.value,
            one.n,
            one.standing.interval,
            one.standing.drawn.value,
            (one.standing.rank.best, one.standing.rank.worst),
            one.target,
        )
        for one in ranked
    ]


def ranking_axis(rows: Sequence[RankingRow]) -> Axis:
    ends = [end for row in rows for end in row.interval or (row.value,)]
    return axis_of([*ends, *(row.target for row in rows)])


def index_curve(trend: Trend) -> Curve:
    return _curve(trend, trend.index, 0, 100, 10)


def nps_curve(trend: Trend) -> Curve | None:
    return _curve(trend, trend.nps, -100, 100, 20) if trend.nps else None


def satisfied_curve(trend: Trend) -> Curve | None:
    return _curve(trend, trend.satisfied, 0, 100, 10) if trend.satisfied else None


def _curve(trend: Trend, line: TrendLine, low: float, high: float, step: int) -> Curve:
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
    """None where there are too few to make one."""
    ranking, own = siblings.ranking, siblings.own
    funnel = ranking.field.funnel if ranking else None
    if ranking is None or own is None or funnel is None:
        return None
    most = max(one.standing.estimate.n for one in ranking.ranked) * 1.05
    spots = [
        FunnelSpot(
            one.subject.named(locale),
            address_of(one.subject),
            round(100 * one.standing.estimate.n / most, 2),
            one.standing.estimate.value or 0.0,
            int(one.standing.estimate.n),
            one.standing.beyond,
            one is own,
        )
        for one in ranking.ranked
    ]
    least = min(one.standing.estimate.n for one in ranking.ranked)
    limits = {
        name: _limits(funnel, level, least, most) for name, level in (("warning", WARNING), ("alarm", ALARM))
    }
    edges = [value for low, high in limits.values() for _x, value in (low[0], high[0])]
    axis = axis_of([*(spot.value for spot in spots), *edges])
    return FunnelPlot(spots, axis, funnel.target, int(most), limits)


def _limits(
    funnel: Funnel, level: float, least: float, most: float
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    low, high = [], []
    for i in range(STEPS + 1):
        n = least + (most - least) * (i / STEPS) ** 2
        ends = funnel.limits(n, level)
        low.append((round(100 * n / most, 2), ends.low))
        high.append((round(100 * n / most, 2), ends.high))
    return low, high

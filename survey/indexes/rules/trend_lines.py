"""A figure over time, with its control chart and its CUSUM: whether anything changed, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.statistics.control_charts import Chart, ChartPeriod, Cusum, cusum, means_chart, shares_chart
from survey.statistics.intervals import Estimate
from survey.statistics.nps import Promoters
from survey.statistics.shrinkage import variance_within

from .measures import Share

NOBODY = Estimate(None, None, 0)


@dataclass(frozen=True)
class TrendLine:
    """One figure by month. ``marks``: what the control chart says of each, None where there are
    no limits; ``shifts``: the lasting changes that the CUSUM sees. Neither: no evidence of a change."""

    values: Sequence[float | None]
    marks: Sequence[ChartPeriod] | None
    centre: float | None
    shifts: Cusum | None

    @property
    def signals(self) -> list[int]:
        """Those beyond the limits, by their number."""
        return [i for i, mark in enumerate(self.marks or ()) if mark.signal]


def of_scores(estimates: Sequence[Estimate]) -> TrendLine:
    """Return the line of means from 0 to 100: the x̄ chart, its limits widened by how much the values vary
    beyond chance. No limits where nobody gave two answers."""
    values = [one.value for one in estimates]
    numbers = [one.n if one.value is not None else 0 for one in estimates]
    squares = [None if one.standard_error is None else one.standard_error**2 * one.n for one in estimates]
    variance = variance_within(numbers, squares)
    if variance is None:
        return TrendLine(values, None, None, None)
    return _line(values, means_chart(values, numbers, variance, widen=True))


def of_nps(promoters: Sequence[Promoters | None]) -> TrendLine:
    """Return the line of NPS, −100 to 100. The chart is one of scores from 0 to 100: (NPS + 100) / 2."""
    known = [one for one in promoters if one and one.n]
    estimates = [one.estimate if one else NOBODY for one in promoters]
    scores = [None if one.value is None else (one.value + 100) / 2 for one in estimates]
    variance = variance_within([one.n for one in known], [2500 * (one.variance or 0) for one in known]) or 0.0
    chart = means_chart(scores, [one.n for one in estimates], variance, widen=True)
    return _scaled([one.value for one in estimates], chart, 2, -100)


def of_shares(shares: Sequence[Share | None]) -> TrendLine:
    """Return the line of shares, in per cent: the p chart, with limits widened as above."""
    successes = [one.successes if one else 0 for one in shares]
    chart = shares_chart(successes, [one.n if one else 0 for one in shares], widen=True)
    return _scaled([one.percent if one else None for one in shares], chart, 100, 0)


def _scaled(values: Sequence[float | None], chart: Chart, factor: float, added: float) -> TrendLine:
    found = _line(values, chart)

    def scaled(value: float | None) -> float | None:
        return None if value is None else factor * value + added

    marks = [
        mark._replace(value=scaled(mark.value), low=scaled(mark.low), high=scaled(mark.high))
        for mark in chart.periods
    ]
    return TrendLine(values, marks, scaled(chart.centre), found.shifts)


def _line(values: Sequence[float | None], chart: Chart) -> TrendLine:
    return TrendLine(values, chart.periods, chart.centre, cusum([mark.z for mark in chart.periods]))

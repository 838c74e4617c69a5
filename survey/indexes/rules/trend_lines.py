"""A figure over time with its control chart and its CUSUM, which show changes and their dates."""

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
    """A figure by month. ``marks`` holds each month's limits and signal by the control chart, None where
    there are no limits; ``shifts`` holds the lasting changes that the CUSUM detects. Without a signal or a
    shift there is no evidence of a change."""

    values: Sequence[float | None]
    marks: Sequence[ChartPeriod] | None
    centre: float | None
    shifts: Cusum | None

    @property
    def signals(self) -> list[int]:
        """Return the positions of the months beyond the limits."""
        return [i for i, mark in enumerate(self.marks or ()) if mark.signal]


def score_line(estimates: Sequence[Estimate]) -> TrendLine:
    """Return the line of mean scores, 0 to 100, with an x̄ chart whose limits are widened by overdispersion.
    There are no limits where no month has two answers."""
    values = [estimate.value for estimate in estimates]
    numbers = [estimate.n if estimate.value is not None else 0 for estimate in estimates]
    squares = [
        None if estimate.standard_error is None else estimate.standard_error**2 * estimate.n
        for estimate in estimates
    ]
    variance = variance_within(numbers, squares)
    if variance is None:
        return TrendLine(values, None, None, None)
    return _line(values, means_chart(values, numbers, variance, widen=True))


def nps_line(promoters: Sequence[Promoters | None]) -> TrendLine:
    """Return the line of NPS, −100 to 100. Its x̄ chart is that of the scores (NPS + 100) / 2, 0 to 100."""
    asked_months = [month for month in promoters if month and month.n]
    estimates = [month.estimate if month else NOBODY for month in promoters]
    scores = [None if estimate.value is None else (estimate.value + 100) / 2 for estimate in estimates]
    variance = (
        variance_within(
            [month.n for month in asked_months], [2500 * (month.variance or 0) for month in asked_months]
        )
        or 0.0
    )
    chart = means_chart(scores, [estimate.n for estimate in estimates], variance, widen=True)
    return _rescaled_line([estimate.value for estimate in estimates], chart, 2, -100)


def share_line(shares: Sequence[Share | None]) -> TrendLine:
    """Return the line of shares, in per cent, with a p chart whose limits are widened by overdispersion."""
    successes = [share.successes if share else 0 for share in shares]
    chart = shares_chart(successes, [share.n if share else 0 for share in shares], widen=True)
    return _rescaled_line([share.percent if share else None for share in shares], chart, 100, 0)


def _rescaled_line(values: Sequence[float | None], chart: Chart, factor: float, added: float) -> TrendLine:
    line = _line(values, chart)

    def scaled(value: float | None) -> float | None:
        return None if value is None else factor * value + added

    marks = [
        mark._replace(value=scaled(mark.value), low=scaled(mark.low), high=scaled(mark.high))
        for mark in chart.periods
    ]
    return TrendLine(values, marks, scaled(chart.centre), line.shifts)


def _line(values: Sequence[float | None], chart: Chart) -> TrendLine:
    return TrendLine(values, chart.periods, chart.centre, cusum([mark.z for mark in chart.periods]))

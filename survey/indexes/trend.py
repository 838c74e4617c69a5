"""The use case "follow": the months of one place or employee, and whether anything changed over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from survey import settings
from survey.questionnaires.models import Version

from .queries.tallies import Target
from .reading import released
from .rules.control import Chart, Cusum, cusum, means_chart
from .rules.control import Period as Mark
from .rules.index import index_estimates
from .rules.intervals import Estimate
from .rules.measures import promoters_of
from .rules.periods import Period, month, months_before
from .rules.promoters import Promoters
from .rules.shrinkage import within

LEAST_MONTHS = 13  # so that a month stands beside the same one a year ago


@dataclass(frozen=True)
class Line:
    """One figure by month. ``marks``: what the control chart says of each month, None where there are no
    limits; ``shifts``: the lasting changes that the CUSUM sees. Neither: no evidence of a change."""

    values: Sequence[float | None]
    marks: Sequence[Mark] | None
    centre: float | None
    shifts: Cusum | None

    @property
    def signals(self) -> list[int]:
        """The months beyond the limits, by their number."""
        return [i for i, mark in enumerate(self.marks or ()) if mark.signal]


@dataclass(frozen=True)
class Trend:
    """``numbers`` of respondents by month; the ``index``, 0–100, and the ``nps``, −100 to 100 (None where
    nobody was asked)."""

    months: Sequence[date]
    numbers: Sequence[int]
    index: Line
    nps: Line | None


def follow(versions: Sequence[Version], period: Period, about: Target) -> Trend:
    """The months of the period, 13 at least up to its end. The limits are those of an x̄ chart, widened by
    how much the months vary beyond chance; the CUSUM takes their z. Read with one statement."""
    whole = Period(min(month(period.first), months_before(period.last, LEAST_MONTHS - 1)), period.last)
    counts = released(versions, whole, [about])
    least = settings.current().minimum_group
    months = list(whole.months())
    by_month = counts.by_month.get(about, {})
    rows = np.stack([by_month.get(start, counts.pool.empty()) for start in months])
    nps = promoters_of(counts.pool, rows, least)
    return Trend(
        months,
        rows[:, 0].tolist(),
        _of_index(index_estimates(counts.pool, rows, least)),
        _of_nps(nps) if any(nps) else None,
    )


def _of_index(estimates: Sequence[Estimate]) -> Line:
    values = [one.value for one in estimates]
    numbers = [one.n if one.value is not None else 0 for one in estimates]
    squares = [None if one.standard_error is None else one.standard_error**2 * one.n for one in estimates]
    variance = within(numbers, squares)
    if variance is None:
        return Line(values, None, None, None)
    return _line(values, means_chart(values, numbers, variance, widen=True))


def _of_nps(promoters: Sequence[Promoters | None]) -> Line:
    """The chart is one of scores from 0 to 100: (NPS + 100) / 2."""
    estimates = [one.estimate if one else Estimate(None, None, 0) for one in promoters]
    scores = [None if one.value is None else (one.value + 100) / 2 for one in estimates]
    numbers = [one.n for one in promoters if one]
    variance = within(numbers, [2500 * (one.variance or 0) for one in promoters if one]) or 0.0
    chart = means_chart(scores, [one.n for one in estimates], variance, widen=True)
    found = _line(scores, chart)
    marks = [
        mark._replace(**{name: _net(getattr(mark, name)) for name in ("value", "low", "high")})
        for mark in found.marks or ()
    ]
    return Line([one.value for one in estimates], marks, _net(found.centre), found.shifts)


def _line(values: Sequence[float | None], chart: Chart) -> Line:
    return Line(values, chart.periods, chart.centre, cusum([mark.z for mark in chart.periods]))


def _net(score: float | None) -> float | None:
    return None if score is None else 2 * score - 100

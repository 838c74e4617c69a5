"""The use case "follow": the monthly figures of one place or employee, and their significant shifts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from survey import settings
from survey.periods import Period, month, months_before
from survey.tallies.reading import monthly_rows, pool_of
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.subject_key import SubjectKey
from survey.weighting.figure_query import FigureQuery
from survey.weighting.rules.effective_counts import effective_rows

from .rules.figure_names import satisfied
from .rules.index import index_estimates
from .rules.measures import promoters_of
from .rules.trend_lines import TrendLine, nps_line, score_line, share_line

LEAST_MONTHS = 13  # so that the last month can be compared with the same month a year before


@dataclass(frozen=True)
class Trend:
    """The figures of each month: the ``numbers`` of respondents, the ``index``, 0–100, the ``nps``, −100 to
    100, and the share of ``satisfied`` customers in per cent (both None where no month has a value)."""

    months: Sequence[date]
    numbers: Sequence[int]
    index: TrendLine
    nps: TrendLine | None
    satisfied: TrendLine | None


def follow(query: FigureQuery, about: SubjectKey) -> Trend:
    """Return the months of the period, at least the LEAST_MONTHS up to its end, with one SQL statement. The
    control limits are those of an x̄ chart, for shares those of a p chart, widened by the overdispersion of
    the months; the CUSUM takes their z. Where figures are weighted, each month has weights of its own."""
    period = query.period
    whole = Period(min(month(period.first), months_before(period.last, LEAST_MONTHS - 1)), period.last)
    wider = replace(query, period=whole)
    pool, least = pool_of(query.versions), settings.current().minimum_group
    months = list(whole.months())
    rows: WeightedRows
    if query.weighing:
        sums = query.weighing.monthly(pool, wider, about)
        rows, numbers = effective_rows(pool, sums), [month_sums.n for month_sums in sums]
    else:
        rows = monthly_rows(pool, wider, about)
        numbers = rows[:, 0].tolist()
    nps, shares = promoters_of(pool, rows, least), satisfied(pool, rows, least)
    return Trend(
        months,
        numbers,
        score_line(index_estimates(pool, rows, least)),
        nps_line(nps) if any(nps) else None,
        share_line(shares) if any(shares) else None,
    )

"""The use case "follow": the months of one place or employee, and whether anything changed over them."""

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

from .rules.index import index_estimates
from .rules.measures import promoters_of
from .rules.named import satisfied
from .rules.trend_lines import TrendLine, of_nps, of_scores, of_shares

LEAST_MONTHS = 13  # so that a month stands beside the same one a year ago


@dataclass(frozen=True)
class Trend:
    """``numbers`` of respondents by month; the ``index``, 0–100, the ``nps``, −100 to 100, and the share of
    ``satisfied`` customers in per cent (both None where nobody was asked)."""

    months: Sequence[date]
    numbers: Sequence[int]
    index: TrendLine
    nps: TrendLine | None
    satisfied: TrendLine | None


def follow(query: FigureQuery, about: SubjectKey) -> Trend:
    """Return the months of the period, 13 at least up to its end. The limits are those of an x̄ chart, of a
    share those of a p chart, widened by how much the months vary beyond chance; the CUSUM takes their z. Read
    with one statement. Where figures are weighted, each month has weights of its own."""
    period = query.period
    whole = Period(min(month(period.first), months_before(period.last, LEAST_MONTHS - 1)), period.last)
    wider = replace(query, period=whole)
    pool, least = pool_of(query.versions), settings.current().minimum_group
    months = list(whole.months())
    rows: WeightedRows
    if query.weighing:
        sums = query.weighing.monthly(pool, wider, about)
        rows, numbers = effective_rows(pool, sums), [one.n for one in sums]
    else:
        rows = monthly_rows(pool, wider, about)
        numbers = rows[:, 0].tolist()
    nps, shares = promoters_of(pool, rows, least), satisfied(pool, rows, least)
    return Trend(
        months,
        numbers,
        of_scores(index_estimates(pool, rows, least)),
        of_nps(nps) if any(nps) else None,
        of_shares(shares) if any(shares) else None,
    )

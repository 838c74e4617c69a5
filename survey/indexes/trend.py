"""The use case "follow": the months of one place or employee, and whether anything changed over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from survey import settings
from survey.questionnaires.models import Version

from .queries.tallies import Target
from .reading import released
from .rules.index import index_estimates
from .rules.lines import Line, of_nps, of_scores
from .rules.measures import promoters_of
from .rules.parts import EVERYBODY, Common
from .rules.periods import Period, month, months_before

LEAST_MONTHS = 13  # so that a month stands beside the same one a year ago


@dataclass(frozen=True)
class Trend:
    """``numbers`` of respondents by month; the ``index``, 0–100, and the ``nps``, −100 to 100 (None where
    nobody was asked)."""

    months: Sequence[date]
    numbers: Sequence[int]
    index: Line
    nps: Line | None


def follow(versions: Sequence[Version], period: Period, about: Target, only: Common = EVERYBODY) -> Trend:
    """The months of the period, 13 at least up to its end. The limits are those of an x̄ chart, widened by
    how much the months vary beyond chance; the CUSUM takes their z. Read with one statement."""
    whole = Period(min(month(period.first), months_before(period.last, LEAST_MONTHS - 1)), period.last)
    counts = released(versions, whole, [about], only)
    least = settings.current().minimum_group
    months = list(whole.months())
    by_month = counts.by_month.get(about, {})
    rows = np.stack([by_month.get(start, counts.pool.empty()) for start in months])
    nps = promoters_of(counts.pool, rows, least)
    return Trend(
        months,
        rows[:, 0].tolist(),
        of_scores(index_estimates(counts.pool, rows, least)),
        of_nps(nps) if any(nps) else None,
    )

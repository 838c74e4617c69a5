"""Where points stand among each other: the index of each with its uncertainty, and its place in the ranking.

The variance of one answer is pooled over the points, s² = se²·n (shrinkage.variance_within()), so that a
point of nine equal answers is not taken to be known exactly. By v = s²/n each index is drawn towards the mean
of all, ranked in seeded draws, and held against the limits of the funnel.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from survey.statistics.funnel import ALARM, WARNING, Funnel, funnel_of_means
from survey.statistics.intervals import Estimate, Interval, quantile
from survey.statistics.ranks import DRAWS, Rank, below_target, ranks
from survey.statistics.shrinkage import BetweenVariance, ShrunkValue, shrink, variance_within

MOST_DRAWN = 10_000_000  # values in all, so that a page of thousands of points is there in a second
REMEMBERED = 32  # rankings
FAR, FARTHER = quantile(WARNING), quantile(ALARM)


@dataclass(frozen=True)
class Standing:
    """A point among others. ``estimate``: its index as answered; ``interval`` of it by the pooled variance,
    cut to 0–100; ``drawn``: the likely index, few answers drawn towards the mean of all; ``below``: the
    probability, 0 to 1, that its true index is below the target (None without one); ``z``: how many standard
    errors from the mean of all, the spread between points allowed for (None for a single point)."""

    estimate: Estimate
    interval: Interval | None
    drawn: ShrunkValue
    rank: Rank
    below: float | None
    z: float | None

    @property
    def beyond(self) -> str:
        """ "alarm" beyond the funnel's 99.8% limits, "warning" beyond 95%, else ""."""
        if self.z is None:
            return ""
        far = abs(self.z)
        return "alarm" if far > FARTHER else "warning" if far > FAR else ""


@dataclass(frozen=True)
class Field:
    """All of them: the ``standings`` in the order given; ``variance`` s² of one answer (None where nobody
    gave two); ``between`` and ``funnel`` None where it is 0 or unknown."""

    standings: tuple[Standing, ...]
    variance: float | None
    between: BetweenVariance | None
    funnel: Funnel | None


def field_of(estimates: Sequence[Estimate], targets: Sequence[float | None] | None = None) -> Field:
    """Of estimates that all have a value; their order does not matter. ``targets``: an index, 0–100, for each
    that has one."""
    values = [one.value for one in estimates if one.value is not None]
    numbers = [one.n for one in estimates]
    spreads = [None if one.standard_error is None else one.standard_error**2 * one.n for one in estimates]
    pooled = variance_within(numbers, spreads)
    between, funnel = None, None
    drawn = [ShrunkValue(value, 0.0, 0.0) for value in values]
    if pooled:
        variances = [pooled / n for n in numbers]
        between, drawn = shrink(values, variances)
        funnel = funnel_of_means(values, numbers, pooled)
    aims = targets or [None] * len(values)
    places = _ranks(tuple(one.value for one in drawn), tuple(one.deviation for one in drawn))
    standings = tuple(
        Standing(
            one,
            _interval(one, pooled),
            likely,
            rank,
            None if target is None else below_target(likely.value, likely.deviation, target),
            funnel.z[i] if funnel and len(values) > 1 else None,
        )
        for i, (one, likely, rank, target) in enumerate(zip(estimates, drawn, places, aims, strict=True))
    )
    return Field(standings, pooled, between, funnel)


def _interval(one: Estimate, pooled: float | None) -> Interval | None:
    if one.value is None or not pooled:
        return None
    half = FAR * math.sqrt(pooled / one.n)
    return Interval(max(0.0, one.value - half), min(100.0, one.value + half))


@lru_cache(maxsize=REMEMBERED)
def _ranks(values: tuple[float, ...], deviations: tuple[float, ...]) -> tuple[Rank, ...]:
    """Remembered: whoever looks again at the same figures waits for no draws. 10,000 draws, and for more than
    1,000 points 10,000,000 divided by their number."""
    draws = min(DRAWS, MOST_DRAWN // max(1, len(values)))
    return tuple(ranks(values, deviations, draws=draws))

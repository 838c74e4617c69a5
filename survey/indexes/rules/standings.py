"""The standing of each of several points: its index with its uncertainty, and its rank.

The variance of a single answer is pooled over the points, s² = se²·n (shrinkage.variance_within()), so that
a point with nine equal answers does not count as known exactly. With v = s²/n each index is shrunk towards
the mean of all, ranked in seeded draws, and compared with the control limits of the funnel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from survey.statistics.funnel import ALARM, WARNING, Funnel, funnel_of_means
from survey.statistics.intervals import Estimate, Interval, quantile
from survey.statistics.ranks import DRAWS, Rank, below_target, ranks
from survey.statistics.shrinkage import BetweenVariance, ShrunkValue, shrink, variance_within

MOST_DRAWN = 10_000_000  # values in all, so that a page of thousands of points takes a second at most
CACHED_RANKINGS = 32
FAR, FARTHER = quantile(WARNING), quantile(ALARM)


@dataclass(frozen=True)
class Standing:
    """The standing of a point among others. ``estimate`` is its index as answered; ``drawn`` is the estimated
    index, shrunk towards the mean of all the more the fewer answered; ``below`` is the probability, 0 to 1,
    that its true index is below the target (None without a target); ``z`` is its distance from the mean of
    all in standard errors, widened by overdispersion (None for a single point)."""

    estimate: Estimate
    drawn: ShrunkValue
    rank: Rank
    below: float | None
    z: float | None

    @property
    def interval(self) -> Interval | None:
        """Return the 95% interval of the estimate, as on every other page."""
        return self.estimate.interval()

    @property
    def beyond(self) -> str:
        """Return "alarm" beyond the funnel's 99.8% limits, "warning" beyond its 95% limits, else ""."""
        if self.z is None:
            return ""
        far = abs(self.z)
        return "alarm" if far > FARTHER else "warning" if far > FAR else ""


@dataclass(frozen=True)
class Field:
    """The standings of all points. ``standings`` are in the order given; ``variance`` is s² of a single
    answer (None where no point has two answers); ``between`` and ``funnel`` are None where it is 0 or
    None."""

    standings: tuple[Standing, ...]
    variance: float | None
    between: BetweenVariance | None
    funnel: Funnel | None


def field_of(estimates: Sequence[Estimate], targets: Sequence[float | None] | None = None) -> Field:
    """Return the field of estimates that all have a value; their order does not change a standing.
    ``targets`` has for each an index, 0–100, or None."""
    values = [estimate.value for estimate in estimates if estimate.value is not None]
    numbers = [estimate.n for estimate in estimates]
    spreads = [
        None if estimate.standard_error is None else estimate.standard_error**2 * estimate.n
        for estimate in estimates
    ]
    pooled = variance_within(numbers, spreads)
    between, funnel = None, None
    drawn = [ShrunkValue(value, 0.0, 0.0) for value in values]
    if pooled:
        variances = [pooled / n for n in numbers]
        between, drawn = shrink(values, variances)
        funnel = funnel_of_means(values, numbers, pooled)
    all_targets = targets or [None] * len(values)
    rank_intervals = _ranks(
        tuple(drawn_index.value for drawn_index in drawn),
        tuple(drawn_index.deviation for drawn_index in drawn),
    )
    standings = tuple(
        Standing(
            estimate,
            drawn_index,
            rank,
            None if target is None else below_target(drawn_index.value, drawn_index.deviation, target),
            funnel.z[i] if funnel and len(values) > 1 else None,
        )
        for i, (estimate, drawn_index, rank, target) in enumerate(
            zip(estimates, drawn, rank_intervals, all_targets, strict=True)
        )
    )
    return Field(standings, pooled, between, funnel)


@lru_cache(maxsize=CACHED_RANKINGS)
def _ranks(values: tuple[float, ...], deviations: tuple[float, ...]) -> tuple[Rank, ...]:
    """Return the rank of each, from DRAWS draws, or for more than 1,000 points MOST_DRAWN divided by their
    number. The cache saves the draws when the same page is opened again."""
    draws = min(DRAWS, MOST_DRAWN // max(1, len(values)))
    return tuple(ranks(values, deviations, draws=draws))

"""The net promoter score and its uncertainty, in points from −100 to 100."""

import math
from dataclasses import dataclass

from .intervals import Difference, Estimate, Interval, difference, quantile
from .scores import nps

ADDED = 0.75  # promoters, and as many detractors, of the adjusted interval; n grows by four times as much


@dataclass(frozen=True)
class Promoters:
    """The ``n`` respondents to the question of recommendation: promoters, detractors, and the others
    passives. The numbers are counts, or effective counts of weighted answers. Raises ValueError when the
    parts exceed n."""

    n: float
    promoters: float
    detractors: float

    def __post_init__(self) -> None:
        if min(self.promoters, self.detractors) < 0 or self.promoters + self.detractors > self.n + 1e-9:
            raise ValueError("promoters and detractors are among n")

    @property
    def variance(self) -> float | None:
        """Return the variance of an answer counted as +1, 0 or −1: p₊ + p₋ − (p₊ − p₋)², 0 to 1 (the divisor
        is n). None for n = 0."""
        if not self.n:
            return None
        net = (self.promoters - self.detractors) / self.n
        return max(0.0, (self.promoters + self.detractors) / self.n - net * net)

    @property
    def estimate(self) -> Estimate:
        """Return the NPS with the standard error 100·√(variance / n)."""
        score = nps(self.n, self.promoters, self.detractors)
        if score is None or self.variance is None:
            return Estimate(None, None, 0, reason="nobody")
        return Estimate(score, 100 * math.sqrt(self.variance / self.n), self.n)

    @property
    def adjusted(self) -> "Promoters":
        """Return these counts with ¾ of a promoter, ¾ of a detractor and 1½ passives more."""
        return Promoters(self.n + 4 * ADDED, self.promoters + ADDED, self.detractors + ADDED)

    def interval(self, level: float = 0.95) -> Interval | None:
        """Return the adjusted Wald interval: that of n + 3 answers, ¾ more of them promoters and ¾
        detractors, cut to −100 … 100. Its middle is nearer to 0 than the score. None for n = 0.

        B. Rocks, "Interval Estimation for the Net Promoter Score", American Statistician 70 (2016) 365–372.
        """
        if not self.n:
            return None
        more = self.adjusted
        score = 100 * (more.promoters - more.detractors) / more.n
        half = quantile(level) * 100 * math.sqrt((more.variance or 0.0) / more.n)
        return Interval(max(-100.0, score - half), min(100.0, score + half))


def nps_difference(first: Promoters, second: Promoters) -> Difference | None:
    """Return first − second in points, with z and the two-sided p; None when a group is empty.

    Where all respondents of a group answered alike, its variance is 0, which claims too much; then both
    standard errors are those of the adjusted counts.
    """
    a, b = first.estimate, second.estimate
    if a.value is None or b.value is None:
        return None
    if a.standard_error and b.standard_error:
        return difference(a, b)
    return difference(
        Estimate(a.value, first.adjusted.estimate.standard_error, a.n),
        Estimate(b.value, second.adjusted.estimate.standard_error, b.n),
    )

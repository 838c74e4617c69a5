"""The net promoter score and its uncertainty, in points from −100 to 100."""

import math
from dataclasses import dataclass

from .intervals import Estimate, Interval
from .scores import nps

SCALE = Interval(-100.0, 100.0)


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
        """Return the NPS with the standard error 100·√(variance / (n − 1)), which is unknown for one
        respondent."""
        score = nps(self.n, self.promoters, self.detractors)
        if score is None or self.variance is None:
            return Estimate(None, None, 0, reason="nobody")
        if self.n <= 1:
            return Estimate(score, None, self.n, reason="single")
        error = 100 * math.sqrt(self.variance / (self.n - 1))
        return Estimate(score, error, self.n, self.n - 1, scale=SCALE)

    def interval(self, level: float = 0.95) -> Interval | None:
        """Return the interval of the estimate."""
        return self.estimate.interval(level)

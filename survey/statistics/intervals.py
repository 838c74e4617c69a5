"""The uncertainty of figures: standard errors, intervals, and the difference between two figures."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

NORMAL = NormalDist()


class Interval(NamedTuple):
    """An interval in the unit of its figure; both ends belong to it."""

    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error in the same unit, and the number ``n`` of its respondents.

    ``standard_error`` is None where the answers do not determine it; then ``reason`` is "nobody" (there is no
    ``value`` either) or "single" (a question of the figure was answered once). The interval is that of
    Student's t with ``degrees`` of freedom, and normal where they are None.
    """

    value: float | None
    standard_error: float | None
    n: float
    degrees: float | None = None
    reason: str = ""

    def interval(self, level: float = 0.95) -> Interval | None:
        """Return value ± q · standard_error with q of Student's t or the normal distribution; None without a
        standard error."""
        if self.value is None or self.standard_error is None:
            return None
        half = quantile(level, self.degrees) * self.standard_error
        return Interval(self.value - half, self.value + half)


class Difference(NamedTuple):
    """A difference, ``value`` = first − second, with ``z`` and the two-sided ``p`` of the hypothesis that
    both figures are equal; both are None where the standard error is 0 or unknown."""

    value: float
    standard_error: float | None
    z: float | None
    p: float | None


def quantile(level: float, degrees: float | None = None) -> float:
    """Return how many standard errors to either side of the mean hold the share ``level`` (0 < level < 1) of
    Student's t with these degrees of freedom, or of the normal distribution: 1.959964 for 0.95. Raises
    ValueError for another level and for degrees not above 0."""
    if not 0 < level < 1:
        raise ValueError("a level lies between 0 and 1")
    if degrees is None:
        return NORMAL.inv_cdf((1 + level) / 2)
    if degrees <= 0:
        raise ValueError("Student's t needs degrees of freedom")
    from scipy.special import stdtrit  # takes a third of a second to import

    return float(stdtrit(degrees, (1 + level) / 2))


def two_sided(z: float) -> float:
    """Return P(|Z| ≥ |z|) of a standard normal Z: erfc(|z| / √2), which stays exact far out in the tails."""
    return math.erfc(abs(z) / math.sqrt(2))


def below(value: float) -> float:
    """Return Φ(value) = P(Z ≤ value) of a standard normal Z."""
    return math.erfc(-value / math.sqrt(2)) / 2


def wilson(successes: float, n: float, level: float = 0.95) -> Interval | None:
    """Return the score interval of a share, 0 to 1, of ``successes`` among ``n``; both may be effective
    numbers. None for n = 0.

    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n). E. B. Wilson, JASA 22 (1927) 209–212. At 0 and n
    successes the near end is exactly 0 or 1. Raises ValueError when the successes are not among n.
    """
    if not 0 <= successes <= n:
        raise ValueError("successes lie between 0 and n")
    if n == 0:
        return None
    z = quantile(level)
    share, square = successes / n, z * z / n
    centre = share + square / 2
    half = z * math.sqrt(share * (1 - share) / n + square / (4 * n))
    low = 0.0 if successes == 0 else max(0.0, (centre - half) / (1 + square))
    high = 1.0 if successes == n else min(1.0, (centre + half) / (1 + square))
    return Interval(low, high)


def difference(first: Estimate, second: Estimate) -> Difference | None:
    """Return the difference between two figures of different respondents, with z = (a − b) / √(se_a² + se_b²)
    and the two-sided normal p; None when either has no value.

    Figures that share respondents (a service point and its region) vary together and must not be compared
    with it.
    """
    if first.value is None or second.value is None:
        return None
    value = first.value - second.value
    if first.standard_error is None or second.standard_error is None:
        return Difference(value, None, None, None)
    error = math.hypot(first.standard_error, second.standard_error)
    if error == 0:
        return Difference(value, error, None, None)
    return Difference(value, error, value / error, two_sided(value / error))

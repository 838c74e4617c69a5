"""The uncertainty of figures: standard errors and intervals."""

import math
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import NamedTuple

NORMAL = NormalDist()
ADDED = 1.0  # answers, half of them at either end of the scale, that are added for the dispersion


class Interval(NamedTuple):
    """An interval in the unit of its figure; both ends belong to it."""

    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error in the same unit, and the number ``n`` of its respondents.

    ``standard_error`` is s/√n with the divisor n − 1 in s², and None where the answers do not determine it;
    then ``reason`` is "nobody" (there is no ``value`` either) or "single" (a question of the figure was
    answered once). ``degrees`` are those of Student's t, and None stands for the normal distribution.
    ``scale`` holds the least and the greatest value that the figure can have, None where it has none.
    """

    value: float | None
    standard_error: float | None
    n: float
    degrees: float | None = None
    reason: str = ""
    scale: Interval | None = None

    def interval(self, level: float = 0.95) -> Interval | None:
        """Return the interval of the figure, which is the same wherever the figure is shown; None without a
        standard error. See limits()."""
        if self.value is None or self.standard_error is None:
            return None
        return self.limits(quantile(level, self.degrees))

    def limits(self, q: float) -> Interval:
        """Return the score interval at ``q`` standard errors, which is within the scale and wider than 0:
        Wilson's, of the share of the scale that the figure reaches, with n / φ answers (see dispersion). An
        interval without a scale is value ± q · standard_error. Raises ValueError without a standard error.

        Coverage and errors of the tests are simulated in docs/statistics.md.
        """
        if self.value is None or self.standard_error is None:
            raise ValueError("an interval needs a standard error")
        if self.scale is None:
            half = q * self.standard_error
            return Interval(self.value - half, self.value + half)
        low, high = self.scale
        share = wilson(self._share(self.value), self.n / self.dispersion, q)
        return Interval(low + share.low * (high - low), low + share.high * (high - low))

    @cached_property
    def dispersion(self) -> float:
        """Return φ, the variance of an answer as a multiple of that of a share with the same mean, m(1 − m):
        n/(n − 1) where all answers are at the ends of the scale, and less the nearer together they are.

        The variance function φ·m(1 − m) of means on a scale is that of R. W. M. Wedderburn, Biometrika 61
        (1974) 439–447. One answer more, half at either end, keeps φ above 0 where all answered alike.
        """
        if self.value is None or self.standard_error is None or self.scale is None:
            raise ValueError("the dispersion needs a standard error and a scale")
        n, m = self.n, self._share(self.value)
        most = n / (n - 1)
        middle = (n * m + ADDED / 2) / (n + ADDED)
        squares = (n - 1) * n * (self.standard_error / (self.scale.high - self.scale.low)) ** 2
        squares += n * (m - middle) ** 2 + ADDED / 2 * (middle**2 + (1 - middle) ** 2)
        return min(1.0, squares / ((n + ADDED) * middle * (1 - middle))) * most

    def below(self, target: float) -> float | None:
        """Return the probability, 0 to 1, that the true figure is below the ``target``: the level at which
        the one-sided interval of limits() ends there. None without a standard error."""
        if self.value is None or self.standard_error is None:
            return None
        error = self.standard_error
        if self.scale is not None:
            if not self.scale.low < target < self.scale.high:
                return float(target >= self.scale.high)
            reached = self._share(target)
            error = (reached * (1 - reached) * self.dispersion / self.n) ** 0.5
            error *= self.scale.high - self.scale.low
        if error == 0:
            return float(self.value < target)
        return _at_most((target - self.value) / error, self.degrees)

    def _share(self, value: float) -> float:
        """Return how much of the scale the value reaches, 0 to 1."""
        if self.scale is None:
            raise ValueError("a share needs a scale")
        low, high = self.scale
        return min(1.0, max(0.0, (value - low) / (high - low)))


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


def wilson(share: float, n: float, q: float) -> Interval:
    """Return the score interval of a ``share``, 0 to 1, of ``n`` answers at ``q`` standard errors; n, which
    is above 0, may be an effective number.

    (p + q²/2n ± q·√(p(1−p)/n + q²/4n²)) / (1 + q²/n). E. B. Wilson, JASA 22 (1927) 209–212. At a share of 0
    or 1 the near end is exactly that. Raises ValueError for another share or n.
    """
    if not 0 <= share <= 1 or n <= 0:
        raise ValueError("a share lies between 0 and 1, n above 0")
    square = q * q / n
    centre = share + square / 2
    half = q * math.sqrt(share * (1 - share) / n + square / (4 * n))
    low = 0.0 if share == 0 else max(0.0, (centre - half) / (1 + square))
    high = 1.0 if share == 1 else min(1.0, (centre + half) / (1 + square))
    return Interval(low, high)


def upper_quantile(tail: float, degrees: float | None) -> float:
    """Return what Student's t, or a normal value where ``degrees`` is None, exceeds with probability
    ``tail``."""
    if degrees is None:
        return -NORMAL.inv_cdf(tail)
    from scipy.special import stdtrit  # takes a third of a second to import

    return -float(stdtrit(degrees, tail))


def _at_most(value: float, degrees: float | None) -> float:
    """Return P(X ≤ value) of Student's t, or of the normal distribution where ``degrees`` is None."""
    if degrees is None:
        return below(value)
    from scipy.special import stdtr  # takes a third of a second to import

    return float(stdtr(degrees, value))

"""The difference between two figures: its interval, and the test that it is 0."""

import math
from collections.abc import Callable
from typing import NamedTuple

from .intervals import Estimate, Interval, below, quantile, two_sided, upper_quantile

FARTHEST = 37.0  # standard errors; p of more is 0 in floating point
PRECISION = 1e-7


class Difference(NamedTuple):
    """A difference between the figures ``first`` and ``second``, which have values, with the two-sided ``p``
    of the hypothesis that both are equal; p is None where a standard error is unknown, or where neither
    figure varies nor has a scale."""

    first: Estimate
    second: Estimate
    p: float | None

    @property
    def value(self) -> float:
        """Return first − second."""
        return (self.first.value or 0.0) - (self.second.value or 0.0)

    def interval(self, level: float = 0.95) -> Interval | None:
        """Return the interval of the difference, which holds 0 exactly where p ≥ 1 − level; None without p.
        See combined()."""
        if self.p is None:
            return None
        return combined(
            self.first,
            self.first.limits(quantile(level, self.first.degrees)),
            self.second,
            self.second.limits(quantile(level, self.second.degrees)),
        )


def combined(first: Estimate, first_limits: Interval, second: Estimate, second_limits: Interval) -> Interval:
    """Return the interval of first − second from the intervals of both: d − √((a − l_a)² + (u_b − b)²) to d +
    √((u_a − a)² + (b − l_b)²).

    R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10; for any figures: G. Y. Zou & A.
    Donner, Statistics in Medicine 27 (2008) 1693–1702.
    """
    a, b = first.value or 0.0, second.value or 0.0
    return Interval(
        a - b - math.hypot(a - first_limits.low, second_limits.high - b),
        a - b + math.hypot(first_limits.high - a, b - second_limits.low),
    )


def difference(first: Estimate, second: Estimate) -> Difference | None:
    """Return the difference between two figures of different respondents; None when either has no value.

    Figures that share respondents (a service point and its region) vary together and must not be compared
    with it.
    """
    if first.value is None or second.value is None:
        return None
    if first.standard_error is None or second.standard_error is None:
        return Difference(first, second, None)
    return Difference(first, second, _p_of(first, second))


def _p_of(first: Estimate, second: Estimate) -> float | None:
    """Return 1 − the level at which the interval of the difference ends at 0; None where no level does."""
    a, b = first.value or 0.0, second.value or 0.0
    if a == b:
        return 1.0
    if a < b:
        first, second, a, b = second, first, b, a

    def end(z: float) -> float:
        """Return the lower end of the interval of the level that lies within ± z of a normal value."""
        tail = below(-z)
        lower, upper = (
            estimate.limits(upper_quantile(tail, estimate.degrees)) for estimate in (first, second)
        )
        return combined(first, lower, second, upper).low

    if end(FARTHEST) > 0:
        return None if end(FARTHEST) == a - b else two_sided(FARTHEST)
    return two_sided(_root(end, a - b))


def _root(decreasing: Callable[[float], float], at_zero: float) -> float:
    """Return where the function, ``at_zero`` > 0 at 0 and not above 0 at FARTHEST, is 0 (the Illinois variant
    of false position)."""
    left, right, above, under = 0.0, 1.0, at_zero, decreasing(1.0)
    while under > 0:
        left, above = right, under
        right = min(FARTHEST, 2 * right)
        under = decreasing(right)
    side = 0
    while right - left > PRECISION:
        middle = (left * under - right * above) / (under - above)
        value = decreasing(middle)
        if abs(value) <= PRECISION * at_zero:
            return middle
        if value > 0:
            left, above = middle, value
            under = under / 2 if side == 1 else under
            side = 1
        else:
            right, under = middle, value
            above = above / 2 if side == -1 else above
            side = -1
    return (left + right) / 2

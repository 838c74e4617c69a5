"""Whether a service point really differs: the funnel plot, with limits that widen where the points vary more
than by chance.

D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005)
1185–1202; the additive, winsorised over-dispersion of "Handling over-dispersion of performance indicators",
Quality and Safety in Health Care 14 (2005) 347–351, corrected for the winsorising, which otherwise leaves 10
to 20 of 100 points outside the 95% limits (docs/statistics.md).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .intervals import Interval, quantile

WARNING, ALARM = 0.95, 0.998  # levels of the two pairs of limits
HIGHEST = 100.0  # the best score
TRIMMED = 0.1  # share of the z at either end that is winsorised
WINSORISED = 0.67865  # mean square of a standard normal value winsorised so
PRECISION = 1e-6


@dataclass(frozen=True)
class Funnel:
    """A funnel plot of scores from 0 to 100.

    ``target`` θ is the line in the middle, ``variance`` σ² that of a single answer. ``between`` τ² is the
    variance of the points beyond chance (_between()); without a target, θ is their mean weighted by 1 / (σ²/n
    + τ²). ``z`` of each point is (y − θ) / √(σ²/n + τ²).

    Where no answer differs from another of its point (σ² = 0), τ² is Σ (y − θ)² / (I − 1) of I points.
    """

    target: float
    variance: float
    between: float
    z: tuple[float, ...]

    def limits(self, n: float, level: float = WARNING) -> Interval:
        """Return the limits for a point with ``n`` answers, above 0: θ ± q·√(σ²/n + τ²), q = 1.96 or 3.09,
        cut to the scale."""
        half = quantile(level) * math.sqrt(self.variance / n + self.between)
        return Interval(max(0.0, self.target - half), min(HIGHEST, self.target + half))


def funnel_of_means(
    values: Sequence[float], numbers: Sequence[float], variance: float, target: float | None = None
) -> Funnel:
    """Return the funnel of mean scores, 0 to 100, of n answers each.

    ``variance`` σ² is that of a single answer, pooled over the points (shrinkage.variance_within()). Raises
    ValueError for a point without answers and for a negative variance.
    """
    y, n = np.asarray(values, float), np.asarray(numbers, float)
    if y.shape != n.shape or variance < 0:
        raise ValueError("one number for each value, and a variance not below 0")
    _refuse_empty(n)
    return _funnel(y, n, target, variance)


def _refuse_empty(n: np.ndarray) -> None:
    """Raise ValueError without points and for a point without answers."""
    if len(n) == 0 or not (n > 0).all():
        raise ValueError("a funnel needs points with answers")


def _funnel(y: np.ndarray, n: np.ndarray, target: float | None, variance: float) -> Funnel:
    """Return the funnel of the means ``y`` of n answers each, with the formulas of Funnel."""
    if variance == 0:
        middle = float(np.average(y, weights=n)) if target is None else target
        between = float(((y - middle) ** 2).sum()) / max(1, len(y) - 1)
        z = (y - middle) / math.sqrt(between) if between else np.zeros(len(y))
        return Funnel(middle, 0.0, between, tuple(z.tolist()))
    v = variance / n
    between = _between(y, v, target)
    middle = _middle(y, v + between, target)
    z = (y - middle) / np.sqrt(v + between)
    return Funnel(middle, variance, between, tuple(z.tolist()))


def _middle(y: np.ndarray, variances: np.ndarray, target: float | None) -> float:
    """Return the target, or the mean weighted by 1 / variance."""
    return float(np.average(y, weights=1 / variances)) if target is None else target


def _between(y: np.ndarray, v: np.ndarray, target: float | None) -> float:
    """Return τ² of values with the variances v by chance: that with which the winsorised squares of z add up
    to what they do where z is standard normal, WINSORISED · (I − 1) of I points; 0 where they add up to less.

    Without winsorising it is the estimator of R. C. Paule & J. Mandel, Journal of Research of the National
    Bureau of Standards 87 (1982) 377–385. The tenth of z at either end (by type 7 quantiles) is pulled in to
    where that tenth ends, so that points that really differ do not widen the limits.
    """
    if len(y) < 2:
        return 0.0

    def excess(between: float) -> float:
        z = (y - _middle(y, v + between, target)) / np.sqrt(v + between)
        ends = np.quantile(z, [TRIMMED, 1 - TRIMMED])
        return float((np.clip(z, *ends) ** 2).sum()) - WINSORISED * (len(y) - 1)

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, float(v.max())
    while excess(high) > 0:
        low, high = high, 2 * high
    while high - low > PRECISION * high:
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2

"""Whether a service point really differs: the funnel plot, with limits that widen where the points vary more
than by chance.

D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005)
1185–1202; the over-dispersion of "Handling over-dispersion of performance indicators", Quality and Safety in
Health Care 14 (2005) 347–351.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .intervals import Interval, quantile

WARNING, ALARM = 0.95, 0.998  # levels of the two pairs of limits
HIGHEST = 100.0  # the best score
TRIMMED = 0.1  # share of the z at either end that is winsorised for the dispersion


@dataclass(frozen=True)
class Funnel:
    """A funnel plot of scores from 0 to 100.

    ``target`` θ is the line in the middle, ``variance`` σ² that of a single answer. ``dispersion`` φ is the
    mean of the squared z = (y − θ) / √(σ²/n), winsorised: the tenth at either end (by type 7 quantiles) is
    pulled in to where that tenth ends; φ is 1 where chance explains everything. ``between`` τ², the variance
    of the points beyond chance, is max(0, (I·φ − (I − 1)) / (Σw − Σw²/Σw)) of I points, w = n/σ². ``z`` of
    each point is (y − θ) / √(σ²/n + τ²).

    Where no answer differs from another of its point (σ² = 0), τ² is Σ (y − θ)² / (I − 1) and φ is 1.
    """

    target: float
    variance: float
    dispersion: float
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

    ``variance`` σ² is that of a single answer, pooled over the points (shrinkage.variance_within()). Without
    a ``target``, θ is the mean of all answers. Raises ValueError for a point without answers and for a
    negative variance.
    """
    y, n = np.asarray(values, float), np.asarray(numbers, float)
    if y.shape != n.shape or variance < 0:
        raise ValueError("one number for each value, and a variance not below 0")
    _refuse_empty(n)
    middle = float(np.average(y, weights=n)) if target is None else target
    return _funnel(y, n, middle, variance)


def _refuse_empty(n: np.ndarray) -> None:
    """Raise ValueError without points and for a point without answers."""
    if len(n) == 0 or not (n > 0).all():
        raise ValueError("a funnel needs points with answers")


def _funnel(y: np.ndarray, n: np.ndarray, target: float, variance: float) -> Funnel:
    """Return the funnel of the means ``y`` of n answers each, with the formulas of Funnel."""
    if variance == 0:
        between = float(((y - target) ** 2).sum()) / max(1, len(y) - 1)
        distances = (y - target) / math.sqrt(between) if between else np.zeros(len(y))
        return Funnel(target, 0.0, 1.0, between, tuple(distances.tolist()))
    v = variance / n
    z = (y - target) / np.sqrt(v)
    ends = np.quantile(z, [TRIMMED, 1 - TRIMMED])
    squares = float((np.clip(z, *ends) ** 2).sum())
    between = 0.0
    if len(z) > 1:
        w = 1 / v
        between = max(0.0, (squares - (len(z) - 1)) / float(w.sum() - (w * w).sum() / w.sum()))
    adjusted = (y - target) / np.sqrt(v + between)
    return Funnel(target, variance, squares / len(z), between, tuple(adjusted.tolist()))

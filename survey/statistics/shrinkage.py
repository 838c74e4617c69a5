"""Shrinkage of small samples: the value of a point is drawn towards the mean of all, as far as chance
explains its distance."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class BetweenVariance(NamedTuple):
    """The mean μ of the points' true values, the ``variance`` τ² between them (0: no sign that they differ),
    Cochran's ``q``, and the variance of μ."""

    mean: float
    variance: float
    q: float
    mean_variance: float


class ShrunkValue(NamedTuple):
    """The value of a point after shrinkage: its posterior mean and standard deviation. ``factor`` B, 0 to 1,
    is how far it was drawn: value = B·μ + (1 − B)·observed."""

    value: float
    deviation: float
    factor: float


def variance_within(numbers: Sequence[float], variances: Sequence[float | None]) -> float | None:
    """Return the pooled variance of single answers, Σ (n − 1) s² / Σ (n − 1), over points with two answers or
    more; None when no point has two answers.

    Divided by a point's n it is the s²/n for dersimonian_laird(). A point's own s² of nine answers is no
    better known than its mean, and is 0 where all nine are alike.
    """
    known = [(n - 1, s2) for n, s2 in zip(numbers, variances, strict=True) if n > 1 and s2 is not None]
    degrees = sum(weight for weight, _ in known)
    return sum(weight * s2 for weight, s2 in known) / degrees if degrees else None


def dersimonian_laird(values: Sequence[float], variances: Sequence[float]) -> BetweenVariance:
    """Return μ and τ² of independent values with known variances v = s²/n.

    With w = 1/v: Q = Σ w (y − ȳ_w)², τ² = max(0, (Q − (k − 1)) / (Σw − Σw²/Σw)), μ the mean weighted by
    1/(v + τ²). R. DerSimonian & N. Laird, Controlled Clinical Trials 7 (1986) 177–188. τ² is 0 for one value.
    Raises ValueError without values and for a variance that is not above 0.
    """
    y, v = np.asarray(values, float), np.asarray(variances, float)
    if len(y) == 0 or len(y) != len(v):
        raise ValueError("one variance for each of some values")
    if not (v > 0).all():
        raise ValueError("a variance must be above 0: pool it over the points, see variance_within()")
    w = 1 / v
    q = float((w * (y - np.average(y, weights=w)) ** 2).sum())
    scale = float(w.sum() - (w * w).sum() / w.sum())
    tau2 = max(0.0, (q - (len(y) - 1)) / scale) if len(y) > 1 else 0.0
    weights = 1 / (v + tau2)
    return BetweenVariance(float(np.average(y, weights=weights)), tau2, q, float(1 / weights.sum()))


def shrink(
    values: Sequence[float], variances: Sequence[float], corrected: bool = True
) -> tuple[BetweenVariance, list[ShrunkValue]]:
    """Return μ and τ² of DerSimonian and Laird, and each value drawn towards μ by B = v / (v + τ²), v = s²/n.

    ``corrected`` multiplies B by (k − 3)/(k − 1), because τ² is itself estimated from k points (C. N. Morris,
    JASA 78 (1983) 47–55); with equal variances that is the estimator of B. Efron & C. Morris (JASA 70 (1975)
    311–319), whose 18 players keep c = 1 − B = 0.212 of their distance. Three points or fewer are then left
    as they are. The variance is (1 − B)·v + B²·Var(μ). Raises as dersimonian_laird().
    """
    between = dersimonian_laird(values, variances)
    k = len(values)
    correction = (max(0.0, (k - 3) / (k - 1)) if k > 1 else 0.0) if corrected else 1.0
    shrunk = []
    for value, v in zip(values, variances, strict=True):
        b = correction * v / (v + between.variance)
        error = math.sqrt((1 - b) * v + b * b * between.mean_variance)
        shrunk.append(ShrunkValue(b * between.mean + (1 - b) * value, error, b))
    return between, shrunk

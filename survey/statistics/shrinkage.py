"""Small samples: drawing what few answers say towards what all say, as far as it cannot be trusted."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Between(NamedTuple):
    """μ, the mean of the points' true values; τ², the variance between them (0: no sign that they differ);
    Cochran's Q; the variance of μ."""

    mean: float
    variance: float
    q: float
    mean_variance: float


class Drawn(NamedTuple):
    """A point's value after shrinkage: its posterior mean and standard deviation. ``factor`` B, 0 to 1, is
    how far it was drawn: value = B·μ + (1 − B)·observed."""

    value: float
    deviation: float
    factor: float


def within(numbers: Sequence[float], variances: Sequence[float | None]) -> float | None:
    """Return the pooled variance of single answers, Σ (n − 1) s² / Σ (n − 1), over points with two answers or
    more.

    Divided by a point's n it is the s²/n to give dersimonian_laird(): a point's own s² of nine answers is no
    better known than its mean, and 0 where they are all alike. None when no point has two answers.
    """
    known = [(n - 1, s2) for n, s2 in zip(numbers, variances, strict=True) if n > 1 and s2 is not None]
    free = sum(weight for weight, _ in known)
    return sum(weight * s2 for weight, s2 in known) / free if free else None


def dersimonian_laird(values: Sequence[float], variances: Sequence[float]) -> Between:
    """μ and τ² of independent values with known variances v = s²/n.

    With w = 1/v: Q = Σ w (y − ȳ_w)², τ² = max(0, (Q − (k − 1)) / (Σw − Σw²/Σw)), μ the mean weighted by
    1/(v + τ²). R. DerSimonian & N. Laird, Controlled Clinical Trials 7 (1986) 177–188. τ² is 0 for one value.
    Raises ValueError without values and for a variance that is not above 0.
    """
    y, v = np.asarray(values, float), np.asarray(variances, float)
    if len(y) == 0 or len(y) != len(v):
        raise ValueError("one variance for each of some values")
    if not (v > 0).all():
        raise ValueError("a variance must be above 0: pool it over the points, see within()")
    w = 1 / v
    q = float((w * (y - np.average(y, weights=w)) ** 2).sum())
    scale = float(w.sum() - (w * w).sum() / w.sum())
    tau2 = max(0.0, (q - (len(y) - 1)) / scale) if len(y) > 1 else 0.0
    weights = 1 / (v + tau2)
    return Between(float(np.average(y, weights=weights)), tau2, q, float(1 / weights.sum()))


def shrunk(
    values: Sequence[float], variances: Sequence[float], corrected: bool = True
) -> tuple[Between, list[Drawn]]:
    """Return each value drawn towards μ by B = v / (v + τ²), v = s²/n, τ² of DerSimonian and Laird.

    ``corrected`` multiplies B by (k − 3)/(k − 1), because τ² is itself estimated from k points (C. N. Morris,
    JASA 78 (1983) 47–55); with equal variances that is the estimator of B. Efron & C. Morris (JASA 70 (1975)
    311–319), whose 18 players keep c = 1 − B = 0.212 of their distance. Three points or fewer are then left
    as they are. The variance is (1 − B)·v + B²·Var(μ). Raises as dersimonian_laird().
    """
    found = dersimonian_laird(values, variances)
    k = len(values)
    correction = (max(0.0, (k - 3) / (k - 1)) if k > 1 else 0.0) if corrected else 1.0
    drawn = []
    for value, v in zip(values, variances, strict=True):
        b = correction * v / (v + found.variance)
        error = math.sqrt((1 - b) * v + b * b * found.mean_variance)
        drawn.append(Drawn(b * found.mean + (1 - b) * value, error, b))
    return found, drawn

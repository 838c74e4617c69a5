"""The drivers of satisfaction: how much of an outcome's variance each question explains.

The functions take a matrix of correlations (moments.Moments.correlations()); ``outcome`` is the index of the
question to be explained, the others are its predictors, in order. Both methods split R² without a remainder
into parts that are never negative; a predictor that repeats another shares with it, and a predictor that
never varies gets 0. They show association, not cause.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import factorial
from typing import NamedTuple

import numpy as np

from survey.statistics.arrays import Numbers

MOST = 12  # predictors for which Shapley values are computed, from 4,096 regressions
ROUNDING = 1e-10  # below which an eigenvalue counts as 0, because questions repeat each other

QUADRANTS = ("advantage", "repair", "opportunity", "maintain")
"""The fields 优势区, 修补区, 机会区 and 维持区: important and good; important and bad; neither; good but
unimportant."""


class CorrelationMatrix(NamedTuple):
    """A matrix of correlations that answers can have, and whether the given matrix had to be ``mended``."""

    correlations: Numbers
    mended: bool


def nearest_correlations(correlations: Numbers) -> CorrelationMatrix:
    """Return the matrix itself, or, where it has an eigenvalue below 0 (which missing answers can cause), the
    matrix with those eigenvalues set to 0 and the diagonal scaled back to 1. P. J. Rousseeuw & G.
    Molenberghs, Communications in Statistics, Theory and Methods 22 (1993) 965–984, 4.1 and 4.2. Raises
    ValueError when the given matrix is not one of correlations.
    """
    r = np.asarray(correlations, float)
    square = r.ndim == 2 and r.shape[0] == r.shape[1] and np.isfinite(r).all()
    if (
        not square
        or not np.allclose(r, r.T)
        or not np.allclose(np.diag(r), 1)
        or np.abs(r).max(initial=0) > 1 + 1e-9
    ):
        raise ValueError("correlations are a symmetric matrix from −1 to 1 with a diagonal of 1")
    if len(r) == 0:
        return CorrelationMatrix(r, False)
    values, vectors = np.linalg.eigh(r)
    if values.min() >= -1e-9:
        return CorrelationMatrix(r, False)
    mended = (vectors * values.clip(0.0)) @ vectors.T
    scale = np.sqrt(np.diag(mended))
    return CorrelationMatrix(mended / np.outer(scale, scale), True)


def explained_variance(correlations: Numbers, outcome: int) -> float:
    """Return R², 0 to 1: the share of the outcome's variance that all predictors explain, r′R⁻¹r (R⁻ the
    generalised inverse where predictors repeat each other)."""
    predictors, with_outcome = _split(correlations, outcome)
    return float(_r2(predictors[None], with_outcome[None])[0])


def relative_weights(correlations: Numbers, outcome: int) -> list[float]:
    """Return Johnson's relative weight of each predictor, in parts of R²: Σ is R².

    With R = VΔV′, Λ = VΔ^½V′ and β = Λ⁻¹r: ε_j = Σ_k λ_jk² β_k². J. W. Johnson, Multivariate Behavioral
    Research 35 (2000) 1–19.
    """
    predictors, with_outcome = _split(correlations, outcome)
    if len(predictors) == 0:
        return []
    values, vectors = np.linalg.eigh(predictors)
    roots = np.sqrt(values.clip(0.0))
    turned = vectors.T @ with_outcome
    beta = vectors @ np.divide(turned, roots, out=np.zeros_like(turned), where=values > ROUNDING)
    loadings = (vectors * roots) @ vectors.T
    weights: list[float] = (loadings**2 @ beta**2).tolist()
    return weights


def shapley(correlations: Numbers, outcome: int) -> list[float]:
    """Return the LMG or Shapley value of each predictor, in parts of R²: Σ is R². The value is what the
    predictor adds to R², averaged over all orders in which predictors can be added; it is computed exactly
    from all subsets.

    R. H. Lindeman, P. F. Merenda & R. Z. Gold, Introduction to Bivariate and Multivariate Analysis (1980),
    119 ff.; U. Grömping, Journal of Statistical Software 17/1 (2006). Raises ValueError for more than 12
    predictors, for which relative_weights() is fast.
    """
    predictors, with_outcome = _split(correlations, outcome)
    size = len(predictors)
    if size > MOST:
        raise ValueError(f"Shapley values of more than {MOST} predictors take too long")
    r2 = np.zeros(1 << size)
    for number in range(1, size + 1):
        subsets = np.array(list(combinations(range(size), number)))
        parts = predictors[subsets[:, :, None], subsets[:, None, :]]
        r2[(1 << subsets).sum(axis=1)] = _r2(parts, with_outcome[subsets])
    masks = np.arange(1 << size)
    sizes = np.array([mask.bit_count() for mask in range(1 << size)])
    orders = np.array([factorial(k) * factorial(size - k - 1) / factorial(size) for k in range(size)])
    values = []
    for predictor in range(size):
        without = masks[masks >> predictor & 1 == 0]
        gains = r2[without | 1 << predictor] - r2[without]
        values.append(max(0.0, float(orders[sizes[without]] @ gains)))
    return values


def quadrants(importance: Mapping[str, float], performance: Mapping[str, float]) -> dict[str, str]:
    """Return the field in QUADRANTS of each question, by its importance and its score: the strategy matrix of
    GB/T 19038. The lines are the mean importance and the mean score of these questions; a value on a line
    counts as above it. J. A. Martilla & J. C. James, Journal of Marketing 41 (1977) 77–79. Raises ValueError
    when the two are not of the same questions.
    """
    if importance.keys() != performance.keys():
        raise ValueError("importance and performance of the same questions")
    if not importance:
        return {}
    by_importance, by_score = (sum(figures.values()) / len(figures) for figures in (importance, performance))
    names = {(True, True): 0, (True, False): 1, (False, False): 2, (False, True): 3}
    return {
        code: QUADRANTS[
            names[_reaches(importance[code], by_importance), _reaches(performance[code], by_score)]
        ]
        for code in importance
    }


def _reaches(value: float, line: float) -> bool:
    """Return whether the value is on or above the line, up to a rounding error."""
    return value >= line - 1e-9 * max(1.0, abs(line))


def _split(correlations: Numbers, outcome: int) -> tuple[Numbers, Numbers]:
    """Return the correlations among the predictors, and those of the predictors with the outcome."""
    r = nearest_correlations(correlations).correlations
    others = np.array([i for i in range(len(r)) if i != outcome % len(r)], int)
    return r[np.ix_(others, others)], r[others, outcome]


def _r2(matrices: Numbers, vectors: Numbers) -> Numbers:
    """Return r′R⁻r, 0 to 1, of each matrix of predictors and its vector."""
    values, bases = np.linalg.eigh(matrices)
    turned = np.einsum("mki,mk->mi", bases, vectors) ** 2
    parts = np.divide(turned, values, out=np.zeros_like(turned), where=values > ROUNDING)
    r_squared: Numbers = parts.sum(axis=1).clip(0.0, 1.0)
    return r_squared


class Alpha(NamedTuple):
    """Cronbach's α, which is at most 1 and can be below 0. ``raw`` is computed from covariances, for a sum of
    the questions as they are scored; ``standardised`` from correlations, for a sum of z-scores. Each is None
    where it is not defined."""

    raw: float | None
    standardised: float | None


def cronbach(covariances: Sequence[Sequence[float]] | Numbers) -> Alpha:
    """Return how consistent the questions of a dimension are: raw α = k/(k − 1) · (1 − Σs_j² / Σs_jl),
    standardised α = k·r̄ / (1 + (k − 1)·r̄). L. J. Cronbach, Psychometrika 16 (1951) 297–334.

    Both are None for fewer than two questions and where their sum does not vary; the standardised α is None
    where a question does not vary. The covariances must be those of scores (0–100, the best answer 100), so
    that reversed scales point the same way.
    """
    c = np.asarray(covariances, float)
    k = len(c)
    total = float(c.sum())
    if k < 2:
        return Alpha(None, None)
    variances = np.diag(c)
    if total <= 1e-12 * variances.sum():
        return Alpha(None, None)
    raw = k / (k - 1) * (1 - float(variances.sum()) / total)
    if not (variances > 0).all():
        return Alpha(raw, None)
    correlations = c / np.sqrt(np.outer(variances, variances))
    mean = (float(correlations.sum()) - k) / (k * (k - 1))
    divisor = 1 + (k - 1) * mean
    return Alpha(raw, k * mean / divisor if divisor > 0 else None)

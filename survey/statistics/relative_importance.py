"""What drives satisfaction: how much of an outcome's variance each question explains.

Everything starts from one matrix of correlations (moments.Moments.correlations()); ``outcome`` is the line
of the question to be explained, the others are its predictors, in order. Both methods split R² without a
rest and never below 0; a predictor that repeats another shares with it, and one that never varies gets 0.
They tell what goes together, not what causes what.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import factorial
from typing import NamedTuple

import numpy as np

from survey.statistics.arrays import Numbers

MOST = 12  # predictors of which Shapley values are computed: 4,096 regressions
ROUNDING = 1e-10  # eigenvalues below this are 0: those questions repeat each other

QUADRANTS = ("advantage", "repair", "opportunity", "maintain")
"""优势区, 修补区, 机会区, 维持区: important and good; important and bad; neither; good but unimportant."""


class Proper(NamedTuple):
    """A matrix of correlations that answers can have, and whether the given one had to be ``mended``."""

    correlations: Numbers
    mended: bool


def proper(correlations: Numbers) -> Proper:
    """Return the matrix itself, or where it has an eigenvalue below 0 (answers missing here and there make
    such) the one with those eigenvalues at 0 and the diagonal scaled back to 1. P. J. Rousseeuw & G.
    Molenberghs, Communications in Statistics, Theory and Methods 22 (1993) 965–984, 4.1 and 4.2. Raises
    ValueError for what is no matrix of correlations.
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
        return Proper(r, False)
    values, vectors = np.linalg.eigh(r)
    if values.min() >= -1e-9:
        return Proper(r, False)
    mended = (vectors * values.clip(0.0)) @ vectors.T
    scale = np.sqrt(np.diag(mended))
    return Proper(mended / np.outer(scale, scale), True)


def explained(correlations: Numbers, outcome: int) -> float:
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
    """Return the LMG or Shapley value of each predictor, in parts of R²: Σ is R². It is what the predictor
    adds to R², averaged over all orders in which the predictors can be brought in; computed exactly from all
    subsets.

    R. H. Lindeman, P. F. Merenda & R. Z. Gold, Introduction to Bivariate and Multivariate Analysis (1980),
    119 ff.; U. Grömping, Journal of Statistical Software 17/1 (2006). Raises ValueError for more than 12
    predictors: take relative_weights() there.
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
    brought = np.array([mask.bit_count() for mask in range(1 << size)])
    orders = np.array([factorial(k) * factorial(size - k - 1) / factorial(size) for k in range(size)])
    values = []
    for predictor in range(size):
        without = masks[masks >> predictor & 1 == 0]
        gains = r2[without | 1 << predictor] - r2[without]
        values.append(max(0.0, float(orders[brought[without]] @ gains)))
    return values


def quadrants(importance: Mapping[str, float], performance: Mapping[str, float]) -> dict[str, str]:
    """Return for each question one of QUADRANTS, by its importance and its score: the strategy matrix of GB/T
    19038. The lines are drawn through the mean importance and the mean score of these questions; on a line
    counts as above it. J. A. Martilla & J. C. James, Journal of Marketing 41 (1977) 77–79. Raises ValueError
    when both are not of the same questions.
    """
    if importance.keys() != performance.keys():
        raise ValueError("importance and performance of the same questions")
    if not importance:
        return {}
    by_importance, by_score = (sum(those.values()) / len(those) for those in (importance, performance))
    names = {(True, True): 0, (True, False): 1, (False, False): 2, (False, True): 3}
    return {
        code: QUADRANTS[
            names[_reaches(importance[code], by_importance), _reaches(performance[code], by_score)]
        ]
        for code in importance
    }


def _reaches(value: float, line: float) -> bool:
    return value >= line - 1e-9 * max(1.0, abs(line))


def _split(correlations: Numbers, outcome: int) -> tuple[Numbers, Numbers]:
    """Return those among the predictors, and theirs with the outcome."""
    r = proper(correlations).correlations
    others = np.array([i for i in range(len(r)) if i != outcome % len(r)], int)
    return r[np.ix_(others, others)], r[others, outcome]


def _r2(matrices: Numbers, vectors: Numbers) -> Numbers:
    """r′R⁻r of each of these, 0 to 1."""
    values, bases = np.linalg.eigh(matrices)
    turned = np.einsum("mki,mk->mi", bases, vectors) ** 2
    parts = np.divide(turned, values, out=np.zeros_like(turned), where=values > ROUNDING)
    found: Numbers = parts.sum(axis=1).clip(0.0, 1.0)
    return found


class Alpha(NamedTuple):
    """Cronbach's α, at most 1; it can be below 0. ``raw`` from covariances, for a sum of the questions as
    they are scored; ``standardised`` from correlations, for a sum of z-scores. None where it is not
    defined."""

    raw: float | None
    standardised: float | None


def cronbach(covariances: Sequence[Sequence[float]] | Numbers) -> Alpha:
    """Return how consistent the questions of a dimension are: raw α = k/(k − 1) · (1 − Σs_j² / Σs_jl),
    standardised α = k·r̄ / (1 + (k − 1)·r̄). L. J. Cronbach, Psychometrika 16 (1951) 297–334. Both None for
    fewer than two questions and where their sum does not vary; the standardised one where one question does
    not. Give the covariances of scores (0–100, the best answer 100), so that reversed scales point the same
    way.
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

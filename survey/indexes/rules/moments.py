"""Means, variances and covariances of questions, from pooled rows; many rows at once.

Everything is on the score scale 0–100 of scores.rescale(), the best answer 100. Missing answers are handled
by available cases: a mean and a variance of whoever answered the question, a covariance of whoever answered
both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from survey.statistics.arrays import Numbers
from survey.tallies.rules.cells import PAIR, WeightedRows
from survey.tallies.rules.pooling import Pool, PooledQuestion


@dataclass(frozen=True)
class Moments:
    """Of each of these questions (last axis or last two) in each row (first axis).

    ``n`` answers, ``mean`` (0 where nobody answered), ``variance`` (divisor n − 1; 0 where fewer than two
    answered). Of each two questions: how many answered ``both``, and ``x``, ``y``, ``xy``: the Σ over those
    of the line's question, the column's, and the product. The diagonals hold nothing.
    """

    codes: tuple[str, ...]
    n: Numbers
    mean: Numbers
    variance: Numbers
    both: Numbers
    x: Numbers
    y: Numbers
    xy: Numbers

    def of_means(self) -> Numbers:
        """Return the covariances of the means: Cov(x̄, ȳ) = f_x f_y Σ (x − x̄)(y − ȳ) / (n_x n_y), the sum
        over those who answered both, f = √(n / (n − 1)).

        This is the linearised (delta method) covariance of available-case means: with complete answers
        exactly s_xy / n, on the diagonal always s² / n, and as a matrix never negative, which a matrix of
        pairwise covariances can be. Questions with fewer than two answers give 0. C.-E. Särndal et al., Model
        Assisted Survey Sampling (1992), 5.5 (Taylor linearisation).
        """
        mx, my = self.mean[:, :, None], self.mean[:, None, :]
        centred = self.xy - my * self.x - mx * self.y + self.both * mx * my
        factor = np.sqrt(_over(1.0, self.n * (self.n - 1)))
        found: Numbers = centred * factor[:, :, None] * factor[:, None, :]
        varies = self.variance > 0  # what is left of rounding elsewhere is no covariance
        found *= varies[:, :, None] & varies[:, None, :]
        _diagonal(found, _over(self.variance, self.n))
        return found

    def covariances(self) -> Numbers:
        """s_xy = (Σxy − Σx·Σy / n_xy) / (n_xy − 1) of the answers; 0 where fewer than two gave both."""
        found = _over(self.xy - self.x * _over(self.y, self.both), self.both - 1)
        _diagonal(found, self.variance)
        return found

    def correlations(self) -> Numbers:
        """r = s_xy / (s_x s_y) from available cases, cut to −1 … 1; 0 where a variance is 0; 1 of itself.

        With answers missing it need not be a matrix that data can have; see
        relative_importance.nearest_correlations().
        """
        spread = np.sqrt(self.variance)
        found = np.clip(_over(self.covariances(), spread[:, :, None] * spread[:, None, :]), -1.0, 1.0)
        _diagonal(found, np.ones_like(spread))
        return found


def means(rows: WeightedRows, asked: Sequence[PooledQuestion]) -> tuple[Numbers, Numbers]:
    """Return how many answered each of these scored questions (last axis) in each pooled row, and their mean
    score, 0–100; 0 where nobody answered."""
    n, mean = np.zeros((len(rows), len(asked))), np.zeros((len(rows), len(asked)))
    for i, one in enumerate(asked):
        counts = rows[:, one.start : one.end].astype(float)
        n[:, i] = counts.sum(axis=1)
        mean[:, i] = _over(counts @ _scores(one), n[:, i])
    return n, mean


def _scores(asked: PooledQuestion) -> Numbers:
    """Return the score, 0–100, of each answer to a question, in the order of its bins."""
    worst, best = asked.ends
    scores: Numbers = 100 / (best - worst) * (np.array(asked.bins) - float(worst))
    return scores


def moments(pool: Pool, rows: WeightedRows, asked: Sequence[PooledQuestion]) -> Moments:
    """Return the moments of these scored questions of a pool, in each of its rows (a row a line)."""
    size = (len(rows), len(asked))
    n, mean = means(rows, asked)
    variance = np.zeros(size)
    slope = np.array([100 / (one.ends[1] - one.ends[0]) for one in asked])
    worst = np.array([float(one.ends[0]) for one in asked])
    for i, one in enumerate(asked):
        counts = rows[:, one.start : one.end].astype(float)
        squares = (counts * (_scores(one) - mean[:, i : i + 1]) ** 2).sum(axis=1)
        several = (counts > 0).sum(axis=1) > 1
        variance[:, i] = np.where(several, _over(squares, n[:, i] - 1), 0.0)
    both, x, y, xy = (np.zeros((*size, len(asked))) for _ in range(PAIR))
    for i, one in enumerate(asked):
        for j, other in enumerate(asked):
            start = pool.pairs.get((one.code, other.code))
            if start is None or i == j:
                continue
            together, left, right, product = rows[:, start : start + PAIR].T.astype(float)
            scaled_left = slope[i] * (left - worst[i] * together)
            scaled_right = slope[j] * (right - worst[j] * together)
            scaled = product - worst[j] * left - worst[i] * right + worst[i] * worst[j] * together
            both[:, i, j] = both[:, j, i] = together
            x[:, i, j] = y[:, j, i] = scaled_left
            y[:, i, j] = x[:, j, i] = scaled_right
            xy[:, i, j] = xy[:, j, i] = slope[i] * slope[j] * scaled
    return Moments(tuple(one.code for one in asked), n, mean, variance, both, x, y, xy)


def _over(numbers: Numbers | float, divisor: Numbers) -> Numbers:
    """Return the quotient, 0 where the divisor is not above 0."""
    positive = divisor > 0
    return np.where(positive, numbers, 0.0) / np.where(positive, divisor, 1.0)


def _diagonal(matrices: Numbers, values: Numbers) -> None:
    """Put ``values`` on the diagonals of ``matrices``."""
    at = np.arange(matrices.shape[-1])
    matrices[:, at, at] = values

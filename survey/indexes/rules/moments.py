"""Means, variances and covariances of questions, from pooled rows; vectorised over the rows.

All are on the score scale 0–100 of scores.rescale(), where the best answer is 100. Missing answers are
handled by available cases: means and variances are of those who answered the question, covariances of those
who answered both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from survey.statistics.arrays import Numbers
from survey.tallies.rules.cells import PAIR, WeightedRows
from survey.tallies.rules.pooling import Pool, PooledQuestion


@dataclass(frozen=True)
class Moments:
    """The moments of questions (last axis or last two) in each row (first axis).

    Each question, of ``codes``, has ``n`` answers, a ``mean`` (0 where nobody answered) and a ``variance``
    (divisor n − 1; 0 where fewer than two answered). Each pair of questions has the number who answered
    ``both``, and the sums over those respondents of the line's question (``x``), of the column's (``y``) and
    of their product (``xy``). The diagonals of the pairs are 0 and have no meaning.
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
        exactly s_xy / n, on the diagonal always s² / n, and as a matrix positive semi-definite, which a
        matrix of pairwise covariances need not be. Questions with fewer than two answers have 0. Source:
        C.-E. Särndal et al., Model Assisted Survey Sampling (1992), 5.5 (Taylor linearisation).
        """
        mx, my = self.mean[:, :, None], self.mean[:, None, :]
        centred = self.xy - my * self.x - mx * self.y + self.both * mx * my
        factor = np.sqrt(_quotient(1.0, self.n * (self.n - 1)))
        covariances: Numbers = centred * factor[:, :, None] * factor[:, None, :]
        varies = self.variance > 0  # elsewhere only rounding errors are left
        covariances *= varies[:, :, None] & varies[:, None, :]
        _set_diagonal(covariances, _quotient(self.variance, self.n))
        return covariances

    def covariances(self) -> Numbers:
        """Return the covariances s_xy = (Σxy − Σx·Σy / n_xy) / (n_xy − 1) of the answers; 0 where fewer than
        two answered both."""
        matrices = _quotient(self.xy - self.x * _quotient(self.y, self.both), self.both - 1)
        _set_diagonal(matrices, self.variance)
        return matrices

    def correlations(self) -> Numbers:
        """Return the correlations r = s_xy / (s_x s_y) from available cases, clipped to −1 … 1; 0 where a
        variance is 0, and 1 on the diagonal.

        With missing answers the matrix need not be positive semi-definite; see
        relative_importance.nearest_correlations().
        """
        spread = np.sqrt(self.variance)
        matrices = np.clip(_quotient(self.covariances(), spread[:, :, None] * spread[:, None, :]), -1.0, 1.0)
        _set_diagonal(matrices, np.ones_like(spread))
        return matrices


def means(rows: WeightedRows, asked: Sequence[PooledQuestion]) -> tuple[Numbers, Numbers]:
    """Return the numbers of answers to these scored questions (last axis) in each pooled row, and their mean
    scores, 0–100; 0 where nobody answered."""
    n, mean = np.zeros((len(rows), len(asked))), np.zeros((len(rows), len(asked)))
    for i, question in enumerate(asked):
        counts = rows[:, question.start : question.end].astype(float)
        n[:, i] = counts.sum(axis=1)
        mean[:, i] = _quotient(counts @ _scores(question), n[:, i])
    return n, mean


def _scores(asked: PooledQuestion) -> Numbers:
    """Return the score, 0–100, of each answer to a question, in the order of its bins."""
    worst, best = asked.ends
    scores: Numbers = 100 / (best - worst) * (np.array(asked.bins) - float(worst))
    return scores


def moments(pool: Pool, rows: WeightedRows, asked: Sequence[PooledQuestion]) -> Moments:
    """Return the moments of these scored questions of a pool in each of its pooled rows."""
    size = (len(rows), len(asked))
    n, mean = means(rows, asked)
    variance = np.zeros(size)
    slope = np.array([100 / (question.ends[1] - question.ends[0]) for question in asked])
    worst = np.array([float(question.ends[0]) for question in asked])
    for i, question in enumerate(asked):
        counts = rows[:, question.start : question.end].astype(float)
        squares = (counts * (_scores(question) - mean[:, i : i + 1]) ** 2).sum(axis=1)
        several = (counts > 0).sum(axis=1) > 1
        variance[:, i] = np.where(several, _quotient(squares, n[:, i] - 1), 0.0)
    both, x, y, xy = (np.zeros((*size, len(asked))) for _ in range(PAIR))
    for i, question in enumerate(asked):
        for j, other in enumerate(asked):
            start = pool.pairs.get((question.code, other.code))
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
    return Moments(tuple(question.code for question in asked), n, mean, variance, both, x, y, xy)


def _quotient(numbers: Numbers | float, divisor: Numbers) -> Numbers:
    """Return the quotient; 0 where the divisor is not above 0."""
    positive = divisor > 0
    return np.where(positive, numbers, 0.0) / np.where(positive, divisor, 1.0)


def _set_diagonal(matrices: Numbers, values: Numbers) -> None:
    """Put ``values`` on the diagonals of ``matrices``."""
    at = np.arange(matrices.shape[-1])
    matrices[:, at, at] = values

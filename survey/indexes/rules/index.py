"""The index and its uncertainty.

Index = Σ W_d · S_d / Σ W_d over the dimensions d that have a score, S_d = Σ w_q · s̄_q / Σ w_q over its
questions q that count, s̄_q the mean score (0–100) of whoever answered q: missing items are handled by
available cases. So the index is Σ c_q · s̄_q, and its variance is c′Σc with the covariances of those means,
which hold what the answers of one respondent have in common (moments.of_means()).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from survey.indexes.rules.moments import moments
from survey.statistics.arrays import Numbers
from survey.statistics.intervals import Estimate
from survey.tallies.rules.cells import Row
from survey.tallies.rules.pooling import Asked, Pool

from .figures import dimensions_of

NOBODY = Estimate(None, None, 0, reason="nobody")


def index_estimate(pool: Pool, row: Row, least: int = 1) -> Estimate:
    """The index, 0–100, of one pooled row; see index_estimates()."""
    return index_estimates(pool, row[None, :], least)[0]


def index_estimates(pool: Pool, rows: NDArray[np.int64], least: int = 1) -> list[Estimate]:
    """The index, 0–100, of each pooled row, with its standard error; the same value as figures().index.

    ``least``: questions with fewer answers are withheld and do not count. n is the answers to the most
    answered question that counts. The interval is Student's t; its degrees of freedom are the mean of the
    questions' n − 1, harmonic and weighted by c² s² / n, so that a question that few answered widens it as
    far as it matters (n − 1 where everybody answered everything). No standard error where a question that
    counts has one answer ("single"); no value where none counts ("nobody").
    """
    groups = dimensions_of(pool)
    return _estimates(
        pool, rows, [(pool.weights.get(name, 1.0), those) for name, those in groups.items()], least
    )


def dimension_estimates(pool: Pool, rows: NDArray[np.int64], name: str, least: int = 1) -> list[Estimate]:
    """The score, 0–100, of the dimension ``name`` in each pooled row. Raises KeyError when there is none."""
    return _estimates(pool, rows, [(1.0, dimensions_of(pool)[name])], least)


def question_estimates(pool: Pool, rows: NDArray[np.int64], code: str, least: int = 1) -> list[Estimate]:
    """The mean score, 0–100, of a scored question in each pooled row. Raises KeyError when there is none."""
    one = {asked.code: asked for asked in pool.scored}[code]
    return _estimates(pool, rows, [(1.0, [one])], least)


def _estimates(
    pool: Pool, rows: NDArray[np.int64], groups: Sequence[tuple[float, Sequence[Asked]]], least: int
) -> list[Estimate]:
    asked = [one for _weight, those in groups for one in those]
    if not asked:
        return [NOBODY] * len(rows)
    found = moments(pool, rows, asked)
    counted = found.n >= max(least, 1)
    shares = _shares(groups, counted)
    values = (shares * found.mean).sum(axis=1)
    variances = np.einsum("rq,rqs,rs->r", shares, found.of_means(), shares).clip(0.0)
    degrees = _degrees(shares, found.variance, found.n)
    n = np.where(shares > 0, found.n, 0).max(axis=1)
    fewest = np.where(shares > 0, found.n, np.inf).min(axis=1)
    return [
        NOBODY
        if few == np.inf
        else Estimate(value, None, number, reason="single")
        if few < 2
        else Estimate(value, variance**0.5, number, freedom)
        for value, variance, number, few, freedom in zip(
            *(column.tolist() for column in (values, variances, n, fewest, degrees)), strict=True
        )
    ]


def _shares(groups: Sequence[tuple[float, Sequence[Asked]]], counted: NDArray[np.bool_]) -> Numbers:
    """c: what the mean of each question counts in the index of each row, Σ 1 (or 0 where none counts)."""
    shares = np.zeros(counted.shape)
    total = np.zeros(len(counted))
    first = 0
    for weight, those in groups:
        part = slice(first, first + len(those))
        within = counted[:, part] * np.array([one.question.weight for one in those])
        sums = within.sum(axis=1)
        has = sums > 0
        shares[:, part] = weight * within / np.where(has, sums, 1.0)[:, None]
        total += weight * has
        first = part.stop
    shares /= np.where(total > 0, total, 1.0)[:, None]
    return shares


def _degrees(shares: Numbers, variance: Numbers, n: Numbers) -> Numbers:
    free = np.maximum(n - 1, 1.0)
    own = shares**2 * variance / np.maximum(n, 1.0)
    own = np.where(own.sum(axis=1, keepdims=True) > 0, own, shares)
    total = own.sum(axis=1)
    harmonic: Numbers = np.where(total > 0, total, 1.0) / np.where(total > 0, (own / free).sum(axis=1), 1.0)
    return harmonic

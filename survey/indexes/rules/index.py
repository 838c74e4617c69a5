"""The index and its uncertainty.

Index = Σ W_d · S_d / Σ W_d over the dimensions d that have a score, S_d = Σ w_q · s̄_q / Σ w_q over its
questions q that count, s̄_q the mean score (0–100) of whoever answered q: missing items are handled by
available cases. So the index is Σ c_q · s̄_q, and its variance is c′Σc with the covariances of those means,
which hold what the answers of one respondent have in common (moments.of_means()).

This is the one place where the index, a dimension and a question's score are computed: pages, reports,
rankings, targets and the command take them from here, with their uncertainty (…_estimates) or without
(…_values), which costs less.
"""

from collections.abc import Sequence

import numpy as np

from survey.statistics.arrays import Numbers
from survey.statistics.intervals import Estimate
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.rules.pooling import Pool, PooledQuestion

from .moments import means, moments

WeightedQuestions = tuple[float, Sequence[PooledQuestion]]  # the weight of a dimension, and its questions

NOBODY = Estimate(None, None, 0, reason="nobody")


def dimensions_of(pool: Pool) -> dict[str, list[PooledQuestion]]:
    """Return the questions that count in the index, by dimension; where no question names one, each rating
    question is a dimension by itself."""
    found: dict[str, list[PooledQuestion]] = {}
    for asked in pool.questions:
        if asked.dimension:
            found.setdefault(asked.dimension, []).append(asked)
    return found or {asked.code: [asked] for asked in pool.questions if asked.kind == "rating"}


def index_values(pool: Pool, rows: WeightedRows, least: int = 1) -> list[float | None]:
    """Return the index, 0–100, of each pooled row; the values of index_estimates()."""
    return _values(rows, _groups(pool), least)


def dimension_values(pool: Pool, rows: WeightedRows, name: str, least: int = 1) -> list[float | None]:
    """Return the values of dimension_estimates()."""
    return _values(rows, [(1.0, dimensions_of(pool)[name])], least)


def question_values(rows: WeightedRows, asked: PooledQuestion, least: int = 1) -> list[float | None]:
    """Return the values of question_estimates() for a scored question."""
    return _values(rows, [(1.0, [asked])], least)


def index_estimates(pool: Pool, rows: WeightedRows, least: int = 1) -> list[Estimate]:
    """Return the index, 0–100, of each pooled row, with its standard error.

    ``least``: questions with fewer answers are withheld and do not count. n is the answers to the most
    answered question that counts. The interval is Student's t; its degrees of freedom are the mean of the
    questions' n − 1, harmonic and weighted by c² s² / n, so that a question that few answered widens it as
    far as it matters (n − 1 where everybody answered everything). No standard error where a question that
    counts has one answer ("single"); no value where none counts ("nobody").
    """
    return _estimates(pool, rows, _groups(pool), least)


def dimension_estimates(pool: Pool, rows: WeightedRows, name: str, least: int = 1) -> list[Estimate]:
    """Return the score, 0–100, of the dimension ``name`` in each pooled row. Raises KeyError when there is
    none."""
    return _estimates(pool, rows, [(1.0, dimensions_of(pool)[name])], least)


def question_estimates(pool: Pool, rows: WeightedRows, code: str, least: int = 1) -> list[Estimate]:
    """Return the mean score, 0–100, of a scored question in each pooled row. Raises KeyError when there is
    none."""
    one = {asked.code: asked for asked in pool.scored}[code]
    return _estimates(pool, rows, [(1.0, [one])], least)


def _groups(pool: Pool) -> list[WeightedQuestions]:
    """Return the dimensions that the index is made of."""
    return [(pool.weights.get(name, 1.0), those) for name, those in dimensions_of(pool).items()]


def _questions(groups: Sequence[WeightedQuestions]) -> list[PooledQuestion]:
    return [one for _weight, those in groups for one in those]


def _values(rows: WeightedRows, groups: Sequence[WeightedQuestions], least: int) -> list[float | None]:
    n, mean = means(rows, _questions(groups))
    shares = _shares(groups, n, least)
    counts: list[bool] = np.any(shares, axis=1).tolist()
    return [value if some else None for value, some in zip(_sums(shares, mean), counts, strict=True)]


def _sums(shares: Numbers, mean: Numbers) -> list[float]:
    """Σ c_q · s̄_q of each row; 0 where no question counts."""
    sums: list[float] = (shares * mean).sum(axis=1).tolist()
    return sums


def _estimates(
    pool: Pool, rows: WeightedRows, groups: Sequence[WeightedQuestions], least: int
) -> list[Estimate]:
    asked = _questions(groups)
    if not asked:
        return [NOBODY] * len(rows)
    found = moments(pool, rows, asked)
    shares = _shares(groups, found.n, least)
    values = _sums(shares, found.mean)
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
            values, *(column.tolist() for column in (variances, n, fewest, degrees)), strict=True
        )
    ]


def _shares(groups: Sequence[WeightedQuestions], n: Numbers, least: int) -> Numbers:
    """c: what the mean of each question counts in the index of each row, Σ 1 (or 0 where none counts): those
    with ``least`` answers or more, and one at least."""
    counted = n >= max(least, 1)
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

"""The index and its uncertainty.

Index = Σ W_d · S_d / Σ W_d over the dimensions d that have a score, where S_d = Σ w_q · s̄_q / Σ w_q over the
questions q of d that count, and s̄_q is the mean score (0–100) of those who answered q: missing items are
handled by available cases. So the index is Σ c_q · s̄_q, and its variance is c′Σc with the covariances of
those means, which account for the answers of the same respondent (Moments.of_means()).

Only this module computes the index and the scores of dimensions and questions: pages, reports, rankings,
targets and the command take them from here, with their uncertainty (…_estimates) or without it (…_values),
which costs less.
"""

from collections.abc import Sequence

import numpy as np

from survey.statistics.arrays import Numbers
from survey.statistics.intervals import Estimate, Interval
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.rules.pooling import Pool, PooledQuestion

from .moments import means, moments

WeightedQuestions = tuple[float, Sequence[PooledQuestion]]  # the weight of a dimension, and its questions

NOBODY = Estimate(None, None, 0, reason="nobody")
SCALE = Interval(0.0, 100.0)


def dimensions_of(pool: Pool) -> dict[str, list[PooledQuestion]]:
    """Return the questions that count in the index, by dimension; where no question names a dimension, each
    rating question is a dimension by itself."""
    dimensions: dict[str, list[PooledQuestion]] = {}
    for asked in pool.questions:
        if asked.dimension:
            dimensions.setdefault(asked.dimension, []).append(asked)
    return dimensions or {asked.code: [asked] for asked in pool.questions if asked.kind == "rating"}


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

    Questions with fewer than ``least`` answers are withheld and do not count. n is the number of answers to
    the most answered question that counts. The interval is Student's t; its degrees of freedom are the
    harmonic mean of the questions' n − 1, weighted by c² s² / n, so that a question with few answers widens
    the interval in proportion to its part in the variance (n − 1 where everybody answered everything). There
    is no standard error where a question that counts has a single answer ("single"), and no value where no
    question counts ("nobody").
    """
    return _estimates(pool, rows, _groups(pool), least)


def dimension_estimates(pool: Pool, rows: WeightedRows, name: str, least: int = 1) -> list[Estimate]:
    """Return the score, 0–100, of the dimension ``name`` in each pooled row, as index_estimates(). Raises
    KeyError for an unknown name."""
    return _estimates(pool, rows, [(1.0, dimensions_of(pool)[name])], least)


def question_estimates(pool: Pool, rows: WeightedRows, code: str, least: int = 1) -> list[Estimate]:
    """Return the mean score, 0–100, of the scored question ``code`` in each pooled row, as
    index_estimates(). Raises KeyError for an unknown code."""
    question = {asked.code: asked for asked in pool.scored}[code]
    return _estimates(pool, rows, [(1.0, [question])], least)


def _groups(pool: Pool) -> list[WeightedQuestions]:
    """Return the dimensions that count in the index, each with its weight (1 where none is set)."""
    return [(pool.weights.get(name, 1.0), questions) for name, questions in dimensions_of(pool).items()]


def _questions(groups: Sequence[WeightedQuestions]) -> list[PooledQuestion]:
    return [question for _weight, questions in groups for question in questions]


def _values(rows: WeightedRows, groups: Sequence[WeightedQuestions], least: int) -> list[float | None]:
    n, mean = means(rows, _questions(groups))
    shares = _shares(groups, n, least)
    has_value: list[bool] = np.any(shares, axis=1).tolist()
    return [value if known else None for value, known in zip(_sums(shares, mean), has_value, strict=True)]


def _sums(shares: Numbers, mean: Numbers) -> list[float]:
    """Return Σ c_q · s̄_q of each row; 0 where no question counts."""
    sums: list[float] = (shares * mean).sum(axis=1).tolist()
    return sums


def _estimates(
    pool: Pool, rows: WeightedRows, groups: Sequence[WeightedQuestions], least: int
) -> list[Estimate]:
    questions = _questions(groups)
    if not questions:
        return [NOBODY] * len(rows)
    question_moments = moments(pool, rows, questions)
    shares = _shares(groups, question_moments.n, least)
    values = _sums(shares, question_moments.mean)
    variances = np.einsum("rq,rqs,rs->r", shares, question_moments.of_means(), shares).clip(0.0)
    degrees = _degrees(shares, question_moments.variance, question_moments.n)
    n = np.where(shares > 0, question_moments.n, 0).max(axis=1)
    fewest = np.where(shares > 0, question_moments.n, np.inf).min(axis=1)
    return [
        NOBODY
        if few == np.inf
        else Estimate(value, None, number, reason="single")
        if few < 2
        else Estimate(value, variance**0.5, number, freedom, scale=SCALE)
        for value, variance, number, few, freedom in zip(
            values, *(column.tolist() for column in (variances, n, fewest, degrees)), strict=True
        )
    ]


def _shares(groups: Sequence[WeightedQuestions], n: Numbers, least: int) -> Numbers:
    """Return c, the coefficient of each question's mean (columns) in the index of each row. They add up to 1,
    or to 0 where no question counts; those with ``least`` answers, and at least one, count."""
    counted = n >= max(least, 1)
    shares = np.zeros(counted.shape)
    total = np.zeros(len(counted))
    first = 0
    for weight, questions in groups:
        part = slice(first, first + len(questions))
        within = counted[:, part] * np.array([question.question.weight for question in questions])
        sums = within.sum(axis=1)
        has = sums > 0
        shares[:, part] = weight * within / np.where(has, sums, 1.0)[:, None]
        total += weight * has
        first = part.stop
    shares /= np.where(total > 0, total, 1.0)[:, None]
    return shares


def _degrees(shares: Numbers, variance: Numbers, n: Numbers) -> Numbers:
    free = np.maximum(n - 1, 1.0)
    variances = shares**2 * variance / np.maximum(n, 1.0)
    variances = np.where(variances.sum(axis=1, keepdims=True) > 0, variances, shares)
    total = variances.sum(axis=1)
    harmonic: Numbers = np.where(total > 0, total, 1.0) / np.where(
        total > 0, (variances / free).sum(axis=1), 1.0
    )
    return harmonic

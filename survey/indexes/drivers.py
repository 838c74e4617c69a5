"""The use case "explain": which questions correlate with satisfaction as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey import settings
from survey.statistics.relative_importance import (
    MOST,
    Alpha,
    cronbach,
    explained_variance,
    nearest_correlations,
    quadrants,
    relative_weights,
    shapley,
)
from survey.tallies.reading import pool_of
from survey.tallies.rules.cells import CountRow
from survey.tallies.rules.pooling import Pool, PooledQuestion
from survey.tallies.subject_key import SubjectKey
from survey.weighting.figure_query import FigureQuery, read_rows

from .rules.index import dimensions_of
from .rules.measures import overall_of
from .rules.moments import moments

# The least answers to the outcome for each question that explains, and in all: R² of fewer is overfitted.
PER_PREDICTOR = 10
LEAST = 30


@dataclass(frozen=True)
class Driver:
    """A question that may explain the outcome. ``score``, 0–100, is its performance; ``weight`` and
    ``shapley`` (None with more than 12 questions) are its parts of R², 0 to 1; ``share``, 0 to 1, is the
    weight's part of their sum; ``quadrant`` is one of relative_importance.QUADRANTS."""

    code: str
    n: int
    score: float
    correlation: float
    weight: float
    shapley: float | None
    share: float
    quadrant: str


@dataclass(frozen=True)
class Drivers:
    """The drivers of an outcome. ``outcome`` is the code of the question that is explained, one of
    ``outcomes``, or "" where no question can be. ``drivers`` has the most important first and is empty with
    fewer than ``needed`` answers to the outcome, of which there are ``n``. ``explained`` is R², 0 to 1.
    ``adjusted`` says that the correlations, from available cases, had to be changed to form a matrix that
    data can have. ``alphas`` holds Cronbach's α of each dimension of two questions or more."""

    outcome: str
    outcomes: Sequence[str]
    n: int
    needed: int
    drivers: Sequence[Driver]
    explained: float | None
    adjusted: bool
    alphas: Mapping[str, Alpha]


def explain(query: FigureQuery, about: SubjectKey, outcome: str | None = None) -> Drivers:
    """Return the drivers of the satisfaction of a place's or employee's respondents in the period, from the
    tallies. The question on satisfaction as a whole and the recommendation can be explained, and without
    either any scored question; the other scored questions with enough answers explain it. Raises KeyError
    for an ``outcome`` that cannot be explained."""
    pool = pool_of(query.versions)
    rows, _numbers = read_rows(pool, query, [about])
    return explain_row(pool, rows[0], outcome, settings.current().minimum_group)


def explain_row(pool: Pool, row: CountRow, outcome: str | None, least: int) -> Drivers:
    """Return the drivers in one pooled row; see explain()."""
    outcomes = _outcomes(pool)
    if not outcomes:
        return Drivers("", [], 0, LEAST, [], None, False, {})
    explained_question = {asked.code: asked for asked in outcomes}[outcome] if outcome else outcomes[0]
    not_predictors = (
        {asked.code for asked in outcomes} if len(outcomes) < len(pool.scored) else {explained_question.code}
    )
    enough = max(LEAST, least)
    all_moments = moments(pool, row[None, :], pool.scored)
    position = {code: i for i, code in enumerate(all_moments.codes)}
    n, both = all_moments.n[0], all_moments.both[0]
    predictors = [
        question
        for question in pool.scored
        if question.code not in not_predictors
        and both[position[explained_question.code], position[question.code]] >= enough
    ]
    needed = max(enough, PER_PREDICTOR * len(predictors))
    codes = [asked.code for asked in outcomes]
    alphas = _alphas(pool, row, least)
    outcome_n = int(n[position[explained_question.code]])
    if not predictors or outcome_n < needed:
        return Drivers(
            explained_question.code,
            codes,
            outcome_n if outcome_n >= least else 0,
            needed,
            [],
            None,
            False,
            alphas,
        )
    positions = [position[explained_question.code], *(position[question.code] for question in predictors)]
    correlations = all_moments.correlations()[0][np.ix_(positions, positions)]
    matrix, adjusted = nearest_correlations(correlations)
    weights = relative_weights(matrix, 0)
    lmg = shapley(matrix, 0) if len(predictors) <= MOST else [None] * len(predictors)
    r2 = explained_variance(matrix, 0)
    scores = {question.code: float(all_moments.mean[0][position[question.code]]) for question in predictors}
    quadrant_by_code = quadrants(
        {question.code: weight for question, weight in zip(predictors, weights, strict=True)}, scores
    )
    drivers = [
        Driver(
            question.code,
            int(n[position[question.code]]),
            scores[question.code],
            float(matrix[0, 1 + i]),
            weights[i],
            lmg[i],
            weights[i] / sum(weights) if sum(weights) else 0.0,
            quadrant_by_code[question.code],
        )
        for i, question in enumerate(predictors)
    ]
    drivers.sort(key=lambda driver: (-driver.weight, driver.code))
    return Drivers(explained_question.code, codes, outcome_n, needed, drivers, r2, adjusted, alphas)


def _outcomes(pool: Pool) -> list[PooledQuestion]:
    overall = overall_of(pool)
    recommended = next((asked for asked in pool.scored if asked.kind == "nps"), None)
    return [question for question in (overall, recommended) if question] or list(pool.scored)


def _alphas(pool: Pool, row: CountRow, least: int) -> dict[str, Alpha]:
    alphas = {}
    for name, questions in dimensions_of(pool).items():
        if len(questions) > 1:
            dimension_moments = moments(pool, row[None, :], questions)
            if dimension_moments.n.min() >= least:
                alphas[name] = cronbach(dimension_moments.covariances()[0])
    return alphas

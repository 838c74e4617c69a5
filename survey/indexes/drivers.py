"""The use case "explain": which questions go together with satisfaction as a whole."""

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

PER_PREDICTOR = 10  # answers for each question that explains, at least
LEAST = 30


@dataclass(frozen=True)
class Driver:
    """A question that may explain the outcome. ``score`` 0–100 is its performance; ``weight`` and ``shapley``
    (None with more than 12 questions) are its parts of R², 0 to 1, ``share`` the weight's part of the
    whole; ``quadrant`` one of relative_importance.QUADRANTS."""

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
    """``outcome``: the code of what is explained, one of ``outcomes``; "" where nothing can be. ``drivers``
    the most important first; empty with fewer than ``needed`` answers to the outcome. ``explained`` R²;
    ``mended``: missing answers made correlations that no answers can have. ``alphas``: Cronbach's α of each
    dimension of two questions or more."""

    outcome: str
    outcomes: Sequence[str]
    n: int
    needed: int
    drivers: Sequence[Driver]
    explained: float | None
    mended: bool
    alphas: Mapping[str, Alpha]


def explain(query: FigureQuery, about: SubjectKey, outcome: str | None = None) -> Drivers:
    """Explain the satisfaction of one place's or employee's respondents in the period, by what is tallied.
    What can be explained is the question on everything and the recommendation, and without either any scored
    question; what explains are the other scored questions with enough answers. Raises KeyError for an
    ``outcome`` that is none of these."""
    pool = pool_of(query.versions)
    rows, _numbers = read_rows(pool, query, [about])
    return explained_by(pool, rows[0], outcome, settings.current().minimum_group)


def explained_by(pool: Pool, row: CountRow, outcome: str | None, least: int) -> Drivers:
    """Explain one pooled row; see explain()."""
    outcomes = _outcomes(pool)
    if not outcomes:
        return Drivers("", [], 0, LEAST, [], None, False, {})
    of = {asked.code: asked for asked in outcomes}[outcome] if outcome else outcomes[0]
    others = {asked.code for asked in outcomes} if len(outcomes) < len(pool.scored) else {of.code}
    enough = max(LEAST, least)
    every = moments(pool, row[None, :], pool.scored)
    place = {code: i for i, code in enumerate(every.codes)}
    n, both = every.n[0], every.both[0]
    asked = [
        one
        for one in pool.scored
        if one.code not in others and both[place[of.code], place[one.code]] >= enough
    ]
    needed = max(enough, PER_PREDICTOR * len(asked))
    codes = [asked.code for asked in outcomes]
    alphas = _alphas(pool, row, least)
    answered = int(n[place[of.code]])
    if not asked or answered < needed:
        return Drivers(of.code, codes, answered if answered >= least else 0, needed, [], None, False, alphas)
    lines = [place[of.code], *(place[one.code] for one in asked)]
    given = every.correlations()[0][np.ix_(lines, lines)]
    matrix, mended = nearest_correlations(given)
    weights = relative_weights(matrix, 0)
    lmg = shapley(matrix, 0) if len(asked) <= MOST else [None] * len(asked)
    r2 = explained_variance(matrix, 0)
    scores = {one.code: float(every.mean[0][place[one.code]]) for one in asked}
    where = quadrants({one.code: weight for one, weight in zip(asked, weights, strict=True)}, scores)
    found = [
        Driver(
            one.code,
            int(n[place[one.code]]),
            scores[one.code],
            float(matrix[0, 1 + i]),
            weights[i],
            lmg[i],
            weights[i] / sum(weights) if sum(weights) else 0.0,
            where[one.code],
        )
        for i, one in enumerate(asked)
    ]
    found.sort(key=lambda one: (-one.weight, one.code))
    return Drivers(of.code, codes, answered, needed, found, r2, mended, alphas)


def _outcomes(pool: Pool) -> list[PooledQuestion]:
    overall = overall_of(pool)
    recommended = next((asked for asked in pool.scored if asked.kind == "nps"), None)
    return [one for one in (overall, recommended) if one] or list(pool.scored)


def _alphas(pool: Pool, row: CountRow, least: int) -> dict[str, Alpha]:
    found = {}
    for name, asked in dimensions_of(pool).items():
        if len(asked) > 1:
            every = moments(pool, row[None, :], asked)
            if every.n.min() >= least:
                found[name] = cronbach(every.covariances()[0])
    return found

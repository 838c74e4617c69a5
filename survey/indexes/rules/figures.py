"""The figures of a place or employee in a period: a function of pooled counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.statistics.scores import mean, nps, promoters_and_detractors, rescaled
from survey.tallies.rules.cells import Row
from survey.tallies.rules.pooling import Asked, Pool


@dataclass(frozen=True)
class QuestionFigures:
    """``n`` answers, their mean, and it rescaled to 0–100. ``n`` is None where it is withheld."""

    n: int | None
    mean: float | None
    score: float | None


@dataclass(frozen=True)
class DimensionFigures:
    """``score``: the weighted mean score (0–100) of its questions; ``n``: answers to the most answered."""

    n: int | None
    score: float | None


@dataclass(frozen=True)
class NpsFigures:
    """``score`` is −100 to 100; the others are counts of respondents. All None where withheld."""

    n: int | None
    score: float | None
    promoters: int | None
    passives: int | None
    detractors: int | None


@dataclass(frozen=True)
class Figures:
    """``n`` respondents; ``index`` the weighted mean of the dimensions that have a score, 0–100.

    What nobody answered is None. ``nps`` is None when no question asks for a recommendation.
    """

    n: int
    index: float | None
    dimensions: Mapping[str, DimensionFigures]
    questions: Mapping[str, QuestionFigures]
    nps: NpsFigures | None


def figures(pool: Pool, row: Row, least: int = 1) -> Figures:
    """The figures that a pooled row gives. A question that some but fewer than ``least`` answered is
    withheld: it counts neither in its dimension nor in the index."""
    questions = {asked.code: _question(asked, row, least) for asked in pool.questions}
    dimensions = {
        name: _dimension([(asked.question.weight, questions[asked.code]) for asked in those])
        for name, those in dimensions_of(pool).items()
    }
    recommended = next((asked for asked in pool.questions if asked.kind == "nps"), None)
    return Figures(
        n=int(row[0]),
        index=_index(pool.weights, dimensions),
        dimensions=dimensions,
        questions=questions,
        nps=_nps(recommended, row, least) if recommended else None,
    )


def dimensions_of(pool: Pool) -> dict[str, list[Asked]]:
    """The questions that count in the index, by dimension; where no question names one, each rating
    question is a dimension by itself."""
    found: dict[str, list[Asked]] = {}
    for asked in pool.questions:
        if asked.dimension:
            found.setdefault(asked.dimension, []).append(asked)
    return found or {asked.code: [asked] for asked in pool.questions if asked.kind == "rating"}


def _question(asked: Asked, row: Row, least: int) -> QuestionFigures:
    counts = row[asked.start : asked.end].tolist()
    n = sum(counts)
    if 0 < n < least:
        return QuestionFigures(None, None, None)
    average = mean(asked.bins, counts)
    if average is None:
        return QuestionFigures(n, None, None)
    return QuestionFigures(n, average, rescaled(average, *asked.ends))


def _dimension(questions: list[tuple[float, QuestionFigures]]) -> DimensionFigures:
    """The mean of these (weight within the dimension, figures)."""
    scores = [(weight, question.score) for weight, question in questions if question.score is not None]
    known = [question.n for _weight, question in questions if question.n is not None]
    return DimensionFigures(max(known, default=None), _weighted(scores))


def _index(weights: Mapping[str, float], dimensions: Mapping[str, DimensionFigures]) -> float | None:
    return _weighted(
        [(weights.get(name, 1.0), one.score) for name, one in dimensions.items() if one.score is not None]
    )


def _weighted(scored: list[tuple[float, float]]) -> float | None:
    """The mean of these (weight, score), None when there are none."""
    total = sum(weight for weight, _score in scored)
    return sum(weight * score for weight, score in scored) / total if total else None


def _nps(asked: Asked, row: Row, least: int) -> NpsFigures:
    counts = row[asked.start : asked.end].tolist()
    n = sum(counts)
    if 0 < n < least:
        return NpsFigures(None, None, None, None, None)
    promoters, detractors = promoters_and_detractors(asked.bins, counts)
    return NpsFigures(n, nps(n, promoters, detractors), promoters, n - promoters - detractors, detractors)

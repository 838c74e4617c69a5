"""The figures of a place or employee in a period: a function of pooled counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.statistics.scores import mean, nps, promoters_and_detractors, rescale
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.rules.pooling import Pool, PooledQuestion

from .index import dimension_values, dimensions_of, index_values, question_values


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


def figures(pool: Pool, rows: WeightedRows, least: int = 1) -> list[Figures]:
    """Return the figures of each pooled row. A question that some but fewer than ``least`` answered is
    withheld: it counts neither in its dimension nor in the index."""
    dimensions = dimensions_of(pool)
    dimension_scores = {name: dimension_values(pool, rows, name, least) for name in dimensions}
    scores = {asked.code: question_values(rows, asked, least) for asked in pool.scored}
    recommended = next((asked for asked in pool.questions if asked.kind == "nps"), None)
    found = []
    for i, (row, index) in enumerate(zip(rows, index_values(pool, rows, least), strict=True)):
        questions = {
            asked.code: _question(asked, row, least, scores[asked.code][i] if asked.code in scores else None)
            for asked in pool.questions
        }
        found.append(
            Figures(
                n=int(row[0]),
                index=index,
                dimensions={
                    name: DimensionFigures(_most([questions[asked.code].n for asked in those]), score[i])
                    for (name, those), score in zip(
                        dimensions.items(), dimension_scores.values(), strict=True
                    )
                },
                questions=questions,
                nps=_nps(recommended, row, least) if recommended else None,
            )
        )
    return found


def _question(asked: PooledQuestion, row: WeightedRows, least: int, score: float | None) -> QuestionFigures:
    """``score``: of a question that can count in an index; that of others is their mean rescaled."""
    counts = row[asked.start : asked.end].tolist()
    n = sum(counts)
    if 0 < n < least:
        return QuestionFigures(None, None, None)
    average = mean(asked.bins, counts)
    if average is None:
        return QuestionFigures(n, None, None)
    return QuestionFigures(n, average, score if asked.column.scored else rescale(average, *asked.ends))


def _most(numbers: Sequence[int | None]) -> int | None:
    return max((n for n in numbers if n is not None), default=None)


def _nps(asked: PooledQuestion, row: WeightedRows, least: int) -> NpsFigures:
    counts = row[asked.start : asked.end].tolist()
    n = sum(counts)
    if 0 < n < least:
        return NpsFigures(None, None, None, None, None)
    promoters, detractors = promoters_and_detractors(asked.bins, counts)
    return NpsFigures(n, nps(n, promoters, detractors), promoters, n - promoters - detractors, detractors)

"""The figures of a place or employee in a period: a function of pooled counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.statistics.scores import mean, nps, promoters_and_detractors, rescale
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.rules.pooling import Pool, PooledQuestion

from .index import dimension_values, dimensions_of, index_values, question_values


@dataclass(frozen=True)
class QuestionFigures:
    """The ``n`` answers to a question, their mean, and their mean score (0–100). All are None where they are
    withheld."""

    n: int | None
    mean: float | None
    score: float | None


@dataclass(frozen=True)
class DimensionFigures:
    """The weighted mean ``score`` (0–100) of a dimension's questions, and the number ``n`` of answers to
    its most answered question."""

    n: int | None
    score: float | None


@dataclass(frozen=True)
class NpsFigures:
    """The NPS: ``score`` is −100 to 100, the others count respondents. All are None where withheld."""

    n: int | None
    score: float | None
    promoters: int | None
    passives: int | None
    detractors: int | None


@dataclass(frozen=True)
class Figures:
    """The figures of ``n`` respondents; ``index``, 0–100, is the weighted mean of the dimensions that have a
    score.

    Figures without answers are None. ``nps`` is None when no question asks for a recommendation.
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
    all_figures = []
    for i, (row, index) in enumerate(zip(rows, index_values(pool, rows, least), strict=True)):
        questions = {
            asked.code: _question(asked, row, least, scores[asked.code][i] if asked.code in scores else None)
            for asked in pool.questions
        }
        all_figures.append(
            Figures(
                n=int(row[0]),
                index=index,
                dimensions={
                    name: DimensionFigures(
                        _largest([questions[asked.code].n for asked in dimension_questions]), score[i]
                    )
                    for (name, dimension_questions), score in zip(
                        dimensions.items(), dimension_scores.values(), strict=True
                    )
                },
                questions=questions,
                nps=_nps(recommended, row, least) if recommended else None,
            )
        )
    return all_figures


def _question(asked: PooledQuestion, row: WeightedRows, least: int, score: float | None) -> QuestionFigures:
    """Return the figures of a question. ``score`` is that of a question that can count in an index; the
    others' is their mean rescaled."""
    counts = row[asked.start : asked.end].tolist()
    n = sum(counts)
    if 0 < n < least:
        return QuestionFigures(None, None, None)
    average = mean(asked.bins, counts)
    if average is None:
        return QuestionFigures(n, None, None)
    return QuestionFigures(n, average, score if asked.column.scored else rescale(average, *asked.ends))


def _largest(numbers: Sequence[int | None]) -> int | None:
    return max((n for n in numbers if n is not None), default=None)


def _nps(asked: PooledQuestion, row: WeightedRows, least: int) -> NpsFigures:
    counts = row[asked.start : asked.end].tolist()
    n = sum(counts)
    if 0 < n < least:
        return NpsFigures(None, None, None, None, None)
    promoters, detractors = promoters_and_detractors(asked.bins, counts)
    return NpsFigures(n, nps(n, promoters, detractors), promoters, n - promoters - detractors, detractors)

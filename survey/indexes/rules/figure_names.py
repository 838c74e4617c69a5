"""Names of figures: "index", "nps", "satisfied", "dimension:<name>" and "question:<code>"."""

from collections.abc import Callable, Sequence

from survey.statistics.intervals import Estimate
from survey.statistics.scores import top_boxes
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.rules.pooling import Pool

from .index import NOBODY, dimension_estimates, dimensions_of, index_estimates, question_estimates
from .measures import Share, overall_of, promoters_of

INDEX, NPS, SATISFIED = "index", "nps", "satisfied"
DIMENSION, QUESTION = "dimension:", "question:"
BOXES = 2


def names(pool: Pool) -> list[str]:
    """Return the names of the figures that this pool has."""
    figure_names = [INDEX] if pool.scored else []
    if any(asked.kind == "nps" for asked in pool.questions):
        figure_names.append(NPS)
    if overall_of(pool):
        figure_names.append(SATISFIED)
    figure_names += [DIMENSION + name for name in dimensions_of(pool)]
    return figure_names + [QUESTION + asked.code for asked in pool.scored]


def bounds(name: str) -> tuple[int, int]:
    """Return the least and the greatest value that a figure can have."""
    return (-100, 100) if name == NPS else (0, 100)


def estimates(pool: Pool, rows: WeightedRows, name: str, least: int = 1) -> list[Estimate]:
    """Return the figure in each pooled row, without a value where fewer than ``least`` answered or the pool
    does not have the figure."""
    if name not in names(pool):
        return [NOBODY] * len(rows)
    if name == NPS:
        return [promoters.estimate if promoters else NOBODY for promoters in promoters_of(pool, rows, least)]
    if name == SATISFIED:
        return [share.estimate if share else NOBODY for share in satisfied(pool, rows, least)]
    return _scores(pool, name)(rows, least)


def satisfied(pool: Pool, rows: WeightedRows, least: int = 1) -> Sequence[Share | None]:
    """Return the CSAT of each pooled row: the share of the two best answers to the question on satisfaction
    as a whole; None where there is no such question or fewer than ``least`` answered it."""
    overall = overall_of(pool)
    if overall is None:
        return [None] * len(rows)
    best, shares = overall.question.best, list[Share | None]()
    for counts in rows[:, overall.start : overall.end].tolist():
        n = sum(counts)
        shares.append(
            Share(min(n, top_boxes(overall.bins, counts, best, BOXES)), n) if n >= max(least, 1) else None
        )
    return shares


def _scores(pool: Pool, name: str) -> Callable[[WeightedRows, int], list[Estimate]]:
    if name == INDEX:
        return lambda rows, least: index_estimates(pool, rows, least)
    if name.startswith(DIMENSION):
        return lambda rows, least: dimension_estimates(pool, rows, name.removeprefix(DIMENSION), least)
    return lambda rows, least: question_estimates(pool, rows, name.removeprefix(QUESTION), least)

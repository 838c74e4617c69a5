"""The query by which every figure is asked for, and the rows that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.tallies.reading import totals
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.rules.pooling import Pool
from survey.tallies.selection import Selection
from survey.tallies.subject_key import SubjectKey

from .rules.effective_counts import effective_rows
from .weighting import Weighing


@dataclass(frozen=True)
class FigureQuery(Selection):
    """A selection of the responses that figures count, with the weights of ``weighing``, or equal weights
    where it is None."""

    weighing: Weighing | None = None


def read_rows(
    pool: Pool, query: FigureQuery, subject_keys: Sequence[SubjectKey]
) -> tuple[WeightedRows, list[int]]:
    """Return the pooled row of each of these places and employees, in their order, and the number of its
    respondents. ``pool`` is that of the versions.

    Rows have the counts of reading.totals(), or effective counts (rules/effective_counts.py) where weights
    are asked for.
    """
    if query.weighing is None:
        rows = totals(pool, query, subject_keys)
        return rows, rows[:, 0].tolist()
    sums = query.weighing.sums(pool, query, subject_keys)
    return effective_rows(pool, sums), [weighted.n for weighted in sums]

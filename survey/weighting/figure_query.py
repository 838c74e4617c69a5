"""What every figure is asked by."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.tallies.reading import totals
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.rules.pooling import Pool
from survey.tallies.selection import Selection
from survey.tallies.subject_key import SubjectKey

from .rules.effective_counts import effective
from .weighting import Weighing


@dataclass(frozen=True)
class FigureQuery(Selection):
    """The responses that figures count, weighted by ``weighing`` or, where it is None, alike."""

    weighing: Weighing | None = None


def counted(
    pool: Pool, query: FigureQuery, subject_keys: Sequence[SubjectKey]
) -> tuple[WeightedRows, list[int]]:
    """Return a pooled row for each of these places and employees, in their order, and how many respondents
    each is of. CountRows are as reading.totals() reads them, or effective counts (rules/effective_counts.py)
    where weights are asked for. ``pool`` is that of the versions."""
    if query.weighing is None:
        rows = totals(pool, query, subject_keys)
        return rows, rows[:, 0].tolist()
    sums = query.weighing.sums(pool, query, subject_keys)
    return effective(pool, sums), [one.n for one in sums]

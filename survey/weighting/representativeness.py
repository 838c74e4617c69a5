"""What is told beside weighted figures: what weights cost, and whom they cannot stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey.tallies.reading import pool_of
from survey.tallies.subject_key import SubjectKey

from .figure_query import FigureQuery
from .rules.margins import Margin


@dataclass(frozen=True)
class Represented:
    """``n`` respondents of a place count like ``effective_n``, by the totals that hold from the month
    ``since`` on. ``design_effect`` as in rules/effective_counts.py.

    ``margins``: by attribute (rules/files.py), what of all answers has no total, and which totals have
    no answers. ``cut``: strata whose weight was too great. ``contradicted``: figures are as answered, for the
    totals contradict the answers; ``months``: of how many months in the trend that is so.
    """

    since: date
    n: int
    effective_n: float
    design_effect: float | None
    margins: Mapping[str, Margin]
    cut: int
    contradicted: bool
    months: int

    @property
    def nobody(self) -> int:
        """Totals in which nobody answered."""
        return sum(len(one.missing) for one in self.margins.values())

    @property
    def untold(self) -> float:
        """The greatest share, 0 to 1, of answers of whom an attribute is not told."""
        return max((one.untold for one in self.margins.values()), default=0.0)


def represented(query: FigureQuery, about: SubjectKey) -> Represented | None:
    """Return how the figures of one place or employee are weighted; None where no weights are asked for."""
    weighing = query.weighing
    if weighing is None:
        return None
    found = weighing.sums(pool_of(query.versions), query, [about])[0]
    raked = weighing.raked(query)
    names = weighing.scheme.attributes
    return Represented(
        since=weighing.scheme.month,
        n=found.n,
        effective_n=found.effective_n,
        design_effect=found.design_effect,
        margins=dict(zip(names, raked.margins, strict=True)) if raked else {},
        cut=len(raked.weights.trimmed) if raked else 0,
        contradicted=raked is None and found.n > 0,
        months=weighing.months_as_answered(),
    )

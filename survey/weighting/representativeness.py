"""What is shown beside weighted figures: what the weights cost, and which customers they cannot represent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey.tallies.reading import pool_of
from survey.tallies.subject_key import SubjectKey

from .figure_query import FigureQuery
from .rules.margins import Margin


@dataclass(frozen=True)
class Representativeness:
    """How well weighted respondents represent the customers of a place or employee.

    ``n`` respondents count like ``effective_n`` of a simple random sample, by the totals that are in force
    from the month ``since`` on; ``design_effect`` is that of rules/effective_counts.py. ``margins`` has, by
    attribute (rules/files.py), the share of all answers without a total, and the totals without answers.
    ``trimmed`` is the number of strata whose weight was too great. Where ``contradicted``, the totals
    contradict the answers, so that figures are unweighted; ``months`` is the number of months of the trend of
    which that is true.
    """

    since: date
    n: int
    effective_n: float
    design_effect: float | None
    margins: Mapping[str, Margin]
    trimmed: int
    contradicted: bool
    months: int

    @property
    def unanswered(self) -> int:
        """Return the number of totals without answers."""
        return sum(len(margin.missing) for margin in self.margins.values())

    @property
    def without_total(self) -> float:
        """Return the share, 0 to 1, of answers without a total, for the attribute where it is greatest."""
        return max((margin.without_total for margin in self.margins.values()), default=0.0)


def representativeness(query: FigureQuery, about: SubjectKey) -> Representativeness | None:
    """Return how the figures of a place or employee are weighted; None where no weights are asked for."""
    weighing = query.weighing
    if weighing is None:
        return None
    sums = weighing.sums(pool_of(query.versions), query, [about])[0]
    raked = weighing.raked_weights(query)
    names = weighing.scheme.attributes
    return Representativeness(
        since=weighing.scheme.month,
        n=sums.n,
        effective_n=sums.effective_n,
        design_effect=sums.design_effect,
        margins=dict(zip(names, raked.margins, strict=True)) if raked else {},
        trimmed=len(raked.weights.trimmed) if raked else 0,
        contradicted=raked is None and sums.n > 0,
        months=weighing.months_as_answered(),
    )

"""The use case "hold beside": a place or employee against the others of the place above it."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey import settings
from survey.statistics.changes import Change, change, nps_change
from survey.tallies.queries.subjects import Subject
from survey.tallies.reading import pool_of, totals
from survey.tallies.rules.cells import WeightedRows
from survey.tallies.subject_key import SubjectKey
from survey.weighting.figure_query import FigureQuery
from survey.weighting.rules.effective_counts import effective_rows

from .ranking import Ranked, SubjectRanking, rank
from .rules.index import index_estimates
from .rules.measures import promoters_of

LEAST = 5  # points; fewer make no funnel


@dataclass(frozen=True)
class Siblings:
    """``index`` and ``nps``: this one less all others above together, who share no respondent with it.
    ``ranking`` of all the siblings, and ``own`` in it; None with fewer than five that may be shown."""

    index: Change
    nps: Change
    ranking: SubjectRanking | None
    own: Ranked | None


def beside(
    query: FigureQuery,
    about: SubjectKey,
    above: SubjectKey,
    siblings: Sequence[Subject],
) -> Siblings:
    """``above``: the place or service point whose figures include those of ``about`` and of its
    ``siblings``, itself among them. The others' figures are the released ones above less its own: sums of
    groups of k or more as every released figure is."""
    pool = pool_of(query.versions)
    least = settings.current().minimum_group
    rows: tuple[WeightedRows, WeightedRows]
    if query.weighing:
        mine_sum, whole_sum = query.weighing.sums(pool, query, [about, above])
        rows = (effective_rows(pool, [mine_sum]), effective_rows(pool, [whole_sum - mine_sum]))
    else:
        own, whole = totals(pool, query, [about, above])
        rows = (own[None, :], (whole - own)[None, :])
    mine, others = (index_estimates(pool, row, least)[0] for row in rows)
    net, theirs = (promoters_of(pool, row, least)[0] for row in rows)
    ranking = rank(query, siblings) if len(siblings) >= LEAST else None
    enough = ranking is not None and len(ranking.ranked) >= LEAST
    place = next((one for one in ranking.ranked if one.subject.key == about), None) if ranking else None
    return Siblings(
        change(mine, others),
        nps_change(net, theirs),
        ranking if enough and place else None,
        place if enough else None,
    )

"""The use case "compare with siblings": a place or employee beside the others of their parent place."""

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

LEAST = 5  # points: the spread between fewer is too uncertain for a funnel plot


@dataclass(frozen=True)
class Siblings:
    """A comparison of a place or employee with its siblings. ``index`` and ``nps`` are its own less those of
    all other respondents of the parent together, so that the two groups share no respondent. ``ranking`` is
    that of all siblings and ``own`` its row in it; both are None when fewer than LEAST may be shown."""

    index: Change
    nps: Change
    ranking: SubjectRanking | None
    own: Ranked | None


def compare_with_siblings(
    query: FigureQuery,
    about: SubjectKey,
    above: SubjectKey,
    siblings: Sequence[Subject],
) -> Siblings:
    """Return the comparison of ``about`` with its ``siblings``, which include it. ``above`` is the place
    whose figures include theirs. The others' figures are the released ones of ``above`` less those of
    ``about``: like every released figure they are sums of batches of k or more."""
    pool = pool_of(query.versions)
    least = settings.current().minimum_group
    rows: tuple[WeightedRows, WeightedRows]
    if query.weighing:
        own_sums, whole_sums = query.weighing.sums(pool, query, [about, above])
        rows = (effective_rows(pool, [own_sums]), effective_rows(pool, [whole_sums - own_sums]))
    else:
        own, whole = totals(pool, query, [about, above])
        rows = (own[None, :], (whole - own)[None, :])
    own_index, others_index = (index_estimates(pool, row, least)[0] for row in rows)
    own_promoters, others_promoters = (promoters_of(pool, row, least)[0] for row in rows)
    ranking = rank(query, siblings) if len(siblings) >= LEAST else None
    enough = ranking is not None and len(ranking.ranked) >= LEAST
    own_ranked = (
        next((ranked for ranked in ranking.ranked if ranked.subject.key == about), None) if ranking else None
    )
    return Siblings(
        change(own_index, others_index),
        nps_change(own_promoters, others_promoters),
        ranking if enough and own_ranked else None,
        own_ranked if enough else None,
    )

"""The use case "compare": the released figures of two groups beside each other, and whether they differ.

Two periods, places, employees, channels or languages. Where one group holds the other (a region and a
service point in it), the other is compared with the rest of it; groups that overlap otherwise share
respondents, and nothing can be said of how sure their difference is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey import settings
from survey.places import queries as places
from survey.questionnaires.models import Version
from survey.statistics.changes import UNKNOWN, Change, change, discoveries, nps_change
from survey.statistics.intervals import Estimate
from survey.tallies.reading import pool_of, totals
from survey.tallies.rules.pooling import Pool
from survey.weighting.figure_query import FigureQuery
from survey.weighting.rules.effective_counts import effective_rows
from survey.weighting.weighting import Weighing

from .rules.groups import RespondentGroup, apart, holds
from .rules.measures import Measures, measures
from .rules.named import DIMENSION, INDEX, NPS, QUESTION, SATISFIED

NOBODY = Estimate(None, None, 0, reason="nobody")


@dataclass(frozen=True)
class ComparedFigure:
    """A figure of both. ``change``: one − other with its standard error, z and p, and the verdict: "none" is
    no evidence of a difference."""

    one: Estimate
    other: Estimate
    change: Change


@dataclass(frozen=True)
class GroupComparison:
    """``figures`` by name (rules/named.py): those that either has. ``moved``: the dimensions and questions
    that differ, by name, false discoveries among them all held to 5%, the surest first.

    ``rest``: "one" or "other" when that was compared without the respondents of the group it holds, ""
    when nobody is in both, "shared" when some may be and no p is given.
    """

    one: Measures
    other: Measures
    rest: str
    figures: Mapping[str, ComparedFigure]
    moved: Mapping[str, Change]


def compare(
    versions: Sequence[Version],
    one: RespondentGroup,
    other: RespondentGroup,
    weighing: Weighing | None = None,
) -> GroupComparison:
    """Compare two groups, by ``versions`` (the newest first); reads one statement for each. Fewer than k
    respondents, or answers to a question, are not shown. Compare what is new (or asked about) as ``one`` with
    what was before (or the others): differences are one − other."""
    pool = pool_of(versions)
    least = settings.current().minimum_group
    subject_keys = [(each.place_id, each.employee_id) for each in (one, other)]
    queries = [FigureQuery(versions, each.period, each.only, weighing) for each in (one, other)]
    both = zip(queries, subject_keys, strict=True)
    if weighing:
        # Weights of one period are not those of another: then nobody can be taken away.
        sums = [weighing.sums(pool, each, [at])[0] for each, at in both]
        alike = one.period == other.period and one.only.care == other.only.care
        rest = _without_each_other(one, other, sums, alike)
        rows, numbers = list(effective_rows(pool, sums)), [one.n for one in sums]
    else:
        rows = [totals(pool, each, [at])[0] for each, at in both]
        rest = _without_each_other(one, other, rows)
        numbers = [int(row[0]) for row in rows]
    a, b = (measures(pool, row, least).of(n) for row, n in zip(rows, numbers, strict=True))
    figures = _figures(pool, a, b)
    if rest == "shared":
        figures = {name: replace(found, change=_unsure(found.change)) for name, found in figures.items()}
    parts = {name: found.change for name, found in figures.items() if name.startswith((DIMENSION, QUESTION))}
    return GroupComparison(a, b, rest, figures, discoveries(parts))


def _without_each_other(
    one: RespondentGroup, other: RespondentGroup, rows: list[Any], alike: bool = True
) -> str:
    """Take from the row of the one that holds the other what is in both, where they count ``alike``; says
    which that was."""
    ways = places.ancestor_ids([one.place_id, other.place_id])
    way, other_way = ways[one.place_id], ways[other.place_id]
    if apart(one, way, other, other_way):
        return ""
    if not alike:
        return "shared"
    if holds(one, way, other, other_way):
        rows[0] = rows[0] - rows[1]
        return "one"
    if holds(other, other_way, one, way):
        rows[1] = rows[1] - rows[0]
        return "other"
    return "shared"


def _figures(pool: Pool, a: Measures, b: Measures) -> dict[str, ComparedFigure]:
    found = {INDEX: _compared(a.index, b.index)}
    if any(asked.kind == "nps" for asked in pool.questions):
        nps = [one.promoters.estimate if one.promoters else NOBODY for one in (a, b)]
        found[NPS] = ComparedFigure(nps[0], nps[1], nps_change(a.promoters, b.promoters))
    if a.satisfied or b.satisfied:
        found[SATISFIED] = _compared(*(one.satisfied.estimate if one.satisfied else NOBODY for one in (a, b)))
    for name, estimate in a.dimensions.items():
        found[DIMENSION + name] = _compared(estimate, b.dimensions[name])
    then = {one.code: one.score for one in b.questions}
    for one in a.questions:
        found[QUESTION + one.code] = _compared(one.score, then[one.code])
    return found


def _compared(one: Estimate, other: Estimate) -> ComparedFigure:
    return ComparedFigure(one, other, change(one, other))


def _unsure(found: Change) -> Change:
    if found.difference is None:
        return found
    return Change(found.difference._replace(standard_error=None, z=None, p=None), UNKNOWN)

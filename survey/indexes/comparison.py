"""The use case "compare": the released figures of two groups beside each other, and whether they differ.

The groups are two periods, places, employees, channels or languages. Where a group contains the other (a
region and a service point in it), the smaller group is compared with the rest of the larger. Groups that
overlap otherwise share respondents, so the significance of their difference cannot be computed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey import settings
from survey.places import queries as places
from survey.questionnaires.models import Version
from survey.statistics.changes import UNKNOWN, Change, change, discoveries, judge_together, nps_change
from survey.statistics.intervals import Estimate
from survey.tallies.reading import pool_of, totals
from survey.tallies.rules.pooling import Pool
from survey.weighting.figure_query import FigureQuery
from survey.weighting.rules.effective_counts import effective_rows
from survey.weighting.weighting import Weighing

from .rules.figure_names import DIMENSION, INDEX, NPS, QUESTION, SATISFIED
from .rules.groups import RespondentGroup, are_disjoint, contains
from .rules.measures import Measures, measures

HEADLINES = (INDEX, NPS, SATISFIED)
NOBODY = Estimate(None, None, 0, reason="nobody")


@dataclass(frozen=True)
class ComparedFigure:
    """A figure of both groups. ``change`` is selected − reference with its interval, p and verdict, of which
    "none" means no evidence of a difference."""

    selected: Estimate
    reference: Estimate
    change: Change


@dataclass(frozen=True)
class GroupComparison:
    """A comparison of two groups. ``figures`` holds, by name (rules/figure_names.py), those that either group
    has; the verdicts of headlines, and those of dimensions and questions, are judged together, with the false
    discovery rate held to 5%. ``moved`` holds the dimensions and questions that differ, by name, the most
    certain first.

    ``rest`` is "selected" or "reference" when that group was compared without the respondents of the group
    it contains, "" when nobody is in both, and "shared" when somebody may be and no p is given.
    """

    selected: Measures
    reference: Measures
    rest: str
    figures: Mapping[str, ComparedFigure]
    moved: Mapping[str, Change]


def compare(
    versions: Sequence[Version],
    selected: RespondentGroup,
    reference: RespondentGroup,
    weighing: Weighing | None = None,
) -> GroupComparison:
    """Return the comparison of two groups, by ``versions`` (the newest first), with one SQL statement for
    each. Fewer than k respondents, or answers to a question, are not shown. Pass what is new (or asked about)
    as ``selected`` and what was before (or the others) as ``reference``: differences are selected −
    reference."""
    pool = pool_of(versions)
    least = settings.current().minimum_group
    subject_keys = [(group.place_id, group.employee_id) for group in (selected, reference)]
    queries = [FigureQuery(versions, group.period, group.only, weighing) for group in (selected, reference)]
    pairs = zip(queries, subject_keys, strict=True)
    if weighing:
        # Each period has weights of its own, so the rows of two periods cannot be subtracted.
        sums = [weighing.sums(pool, query, [subject_key])[0] for query, subject_key in pairs]
        same_weights = selected.period == reference.period and selected.only.care == reference.only.care
        rest = _remove_overlap(selected, reference, sums, same_weights)
        rows, numbers = list(effective_rows(pool, sums)), [group_sums.n for group_sums in sums]
    else:
        rows = [totals(pool, query, [subject_key])[0] for query, subject_key in pairs]
        rest = _remove_overlap(selected, reference, rows)
        numbers = [int(row[0]) for row in rows]
    selected_measures, reference_measures = (
        measures(pool, row, least).with_respondents(n) for row, n in zip(rows, numbers, strict=True)
    )
    figures = _figures(pool, selected_measures, reference_measures)
    if rest == "shared":
        figures = {
            name: replace(compared, change=_without_test(compared.change))
            for name, compared in figures.items()
        }
    headlines = judge_together({name: figures[name].change for name in HEADLINES if name in figures})
    parts = judge_together({name: figures[name].change for name in figures if name not in headlines})
    figures = {
        name: replace(compared, change={**headlines, **parts}[name]) for name, compared in figures.items()
    }
    return GroupComparison(selected_measures, reference_measures, rest, figures, discoveries(parts))


def _remove_overlap(
    selected: RespondentGroup, reference: RespondentGroup, rows: list[Any], same_weights: bool = True
) -> str:
    """Subtract the row of the contained group from that of the group that contains it, in place, and return
    GroupComparison.rest. Without ``same_weights`` rows cannot be subtracted, and overlap is "shared"."""
    paths = places.ancestor_ids([selected.place_id, reference.place_id])
    path, reference_path = paths[selected.place_id], paths[reference.place_id]
    if are_disjoint(selected, path, reference, reference_path):
        return ""
    if not same_weights:
        return "shared"
    if contains(selected, path, reference, reference_path):
        rows[0] = rows[0] - rows[1]
        return "selected"
    if contains(reference, reference_path, selected, path):
        rows[1] = rows[1] - rows[0]
        return "reference"
    return "shared"


def _figures(pool: Pool, selected: Measures, reference: Measures) -> dict[str, ComparedFigure]:
    compared = {INDEX: _compared(selected.index, reference.index)}
    if any(asked.kind == "nps" for asked in pool.questions):
        nps = [group.promoters.estimate if group.promoters else NOBODY for group in (selected, reference)]
        compared[NPS] = ComparedFigure(nps[0], nps[1], nps_change(selected.promoters, reference.promoters))
    if selected.satisfied or reference.satisfied:
        compared[SATISFIED] = _compared(
            *(group.satisfied.estimate if group.satisfied else NOBODY for group in (selected, reference))
        )
    for name, estimate in selected.dimensions.items():
        compared[DIMENSION + name] = _compared(estimate, reference.dimensions[name])
    reference_scores = {question.code: question.score for question in reference.questions}
    for question in selected.questions:
        compared[QUESTION + question.code] = _compared(question.score, reference_scores[question.code])
    return compared


def _compared(selected: Estimate, reference: Estimate) -> ComparedFigure:
    return ComparedFigure(selected, reference, change(selected, reference))


def _without_test(figure_change: Change) -> Change:
    """Return the difference without p, and the verdict "unknown"."""
    if figure_change.difference is None:
        return figure_change
    return Change(figure_change.difference._replace(p=None), UNKNOWN)

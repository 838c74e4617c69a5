"""The use case "rank": the ranking of the listed places or employees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey import settings
from survey.statistics.changes import Change, change, discoveries, judge_together
from survey.tallies.queries.subjects import Subject
from survey.tallies.reading import pool_of
from survey.tallies.rules.cells import CountRow
from survey.tallies.rules.pooling import Pool
from survey.weighting.figure_query import FigureQuery, read_rows

from .rules.figures import Figures, figures
from .rules.index import index_estimates
from .rules.standings import Field, Standing, field_of


@dataclass(frozen=True)
class Ranked:
    """A listed place or employee: its ``n`` respondents, its ``standing`` among the others, the ``change`` of
    its index since the period before (risen or fallen only where it is among SubjectRanking.moved), its
    pooled ``row``, and its ``target`` (0–100), or None."""

    subject: Subject
    n: int
    standing: Standing
    change: Change
    row: CountRow
    target: float | None = None


@dataclass(frozen=True)
class SubjectRanking:
    """The ranking of the listed. ``ranked`` holds those that may be shown, the highest estimated index first;
    ``few`` the others, in the order listed. ``moved`` holds those of the ranked whose index changed
    significantly, with the false discovery rate among them all held to 5%, the most certain first."""

    ranked: Sequence[Ranked]
    few: Sequence[Subject]
    moved: Sequence[Ranked]
    field: Field
    pool: Pool
    least: int

    def figures(self, some_ranked: Sequence[Ranked]) -> list[Figures]:
        """Return all figures of some of the ranked, in their order."""
        rows = np.array([ranked.row for ranked in some_ranked]).reshape(len(some_ranked), self.pool.width)
        return figures(self.pool, rows, self.least)

    @property
    def behind(self) -> list[Ranked]:
        """Return those below the 95% limits of the funnel, the farthest first, and then those that are below
        the target with a probability of 95% or more."""
        low = [ranked for ranked in self.ranked if ranked.standing.beyond and (ranked.standing.z or 0) < 0]
        low.sort(key=lambda ranked: ranked.standing.z or 0)
        missed = [ranked for ranked in reversed(self.ranked) if (ranked.standing.below or 0) >= 0.95]
        return low + [ranked for ranked in missed if ranked not in low]


def rank(
    query: FigureQuery, listed: Sequence[Subject], targets: Mapping[int, float] | None = None
) -> SubjectRanking:
    """Return the ranking of the listed, with one SQL statement for each period, however many are listed (two
    for more than 5,000). ``targets`` are indexes, 0–100, by place id. Each is also compared with its own
    figures in period.before()."""
    pool = pool_of(query.versions)
    least = settings.current().minimum_group
    subject_keys = [subject.key for subject in listed]
    rows, numbers = read_rows(pool, query, subject_keys)
    estimates = index_estimates(pool, rows, least)
    earlier_rows, _numbers = read_rows(pool, replace(query, period=query.period.before()), subject_keys)
    earlier_estimates = index_estimates(pool, earlier_rows, least)
    shown = [i for i, estimate in enumerate(estimates) if estimate.value is not None]
    subject_targets = [(targets or {}).get(subject.place_id) for subject in listed]
    field = field_of([estimates[i] for i in shown], [subject_targets[i] for i in shown])
    changes = judge_together({i: change(estimates[i], earlier_estimates[i]) for i in shown})
    ranked = [
        Ranked(
            listed[i],
            numbers[i],
            standing,
            changes[i],
            rows[i],
            subject_targets[i],
        )
        for i, standing in zip(shown, field.standings, strict=True)
    ]
    changed = discoveries({number: subject_ranked.change for number, subject_ranked in enumerate(ranked)})
    return SubjectRanking(
        ranked=sorted(
            ranked,
            key=lambda subject_ranked: (-subject_ranked.standing.drawn.value, subject_ranked.subject.code),
        ),
        few=[listed[i] for i, estimate in enumerate(estimates) if estimate.value is None],
        moved=[ranked[number] for number in changed],
        field=field,
        pool=pool,
        least=least,
    )

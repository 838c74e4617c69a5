"""The use case "rank": the listed places or employees beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey import settings
from survey.statistics.changes import Change, change, discoveries
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
    """One of the listed: n respondents, its ``standing`` among them, and how its index changed since the
    period before; ``target``: its target, None without one."""

    subject: Subject
    n: int
    standing: Standing
    change: Change
    row: CountRow
    target: float | None = None


@dataclass(frozen=True)
class SubjectRanking:
    """``ranked``: those of whom something may be shown, the highest likely index first; ``few``: the others,
    as they were listed. ``moved``: those of the ranked whose index changed, false discoveries among them all
    held to 5%, the surest first."""

    ranked: Sequence[Ranked]
    few: Sequence[Subject]
    moved: Sequence[Ranked]
    field: Field
    pool: Pool
    least: int

    def figures(self, those: Sequence[Ranked]) -> list[Figures]:
        """Return all figures of some of the ranked, in their order."""
        rows = np.array([one.row for one in those]).reshape(len(those), self.pool.width)
        return figures(self.pool, rows, self.least)

    @property
    def behind(self) -> list[Ranked]:
        """Where to look first: those below the 95% limits of the funnel, the farthest first, and then those
        that are probably (95%) below the target."""
        low = [one for one in self.ranked if one.standing.beyond and (one.standing.z or 0) < 0]
        low.sort(key=lambda one: one.standing.z or 0)
        missed = [one for one in reversed(self.ranked) if (one.standing.below or 0) >= 0.95]
        return low + [one for one in missed if one not in low]


def rank(
    query: FigureQuery, listed: Sequence[Subject], targets: Mapping[int, float] | None = None
) -> SubjectRanking:
    """Read with one statement a period, however many are listed (two for more than 5,000). ``targets``: an
    index, 0–100, by place. Each is compared with itself in period.before()."""
    pool = pool_of(query.versions)
    least = settings.current().minimum_group
    asked = [one.key for one in listed]
    rows, numbers = read_rows(pool, query, asked)
    estimates = index_estimates(pool, rows, least)
    earlier, _numbers = read_rows(pool, replace(query, period=query.period.before()), asked)
    then = index_estimates(pool, earlier, least)
    shown = [i for i, one in enumerate(estimates) if one.value is not None]
    aims = [(targets or {}).get(one.place_id) for one in listed]
    field = field_of([estimates[i] for i in shown], [aims[i] for i in shown])
    ranked = [
        Ranked(listed[i], numbers[i], standing, change(estimates[i], then[i]), rows[i], aims[i])
        for i, standing in zip(shown, field.standings, strict=True)
    ]
    found = discoveries({number: one.change for number, one in enumerate(ranked)})
    return SubjectRanking(
        ranked=sorted(ranked, key=lambda one: (-one.standing.drawn.value, one.subject.code)),
        few=[listed[i] for i, one in enumerate(estimates) if one.value is None],
        moved=[ranked[number] for number in found],
        field=field,
        pool=pool,
        least=least,
    )

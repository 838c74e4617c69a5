"""Reading figures: released ones for whoever looks at a page, exact ones for the administrator.

Released figures are sums of groups of k respondents or more (see folding.py). Exact figures are the exact
tallies and the responses that still wait, counted on the fly.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

import numpy as np

from survey import settings
from survey.periods import Period, month
from survey.places import queries as places
from survey.questionnaires.models import Version
from survey.tallies.folding import fold, is_due
from survey.tallies.models import ALL_PARTS
from survey.tallies.queries import parts, tallies, waiting
from survey.tallies.queries.tallies import Target
from survey.tallies.rules.cells import Layout, Row, Rows, count, unpack, unpack_all
from survey.tallies.rules.parts import EVERYBODY, Common
from survey.tallies.rules.pooling import Pool

from .rules.figures import Figures, figures

# Of what waits a page counts no more than this before it reads: a worker does the rest.
BEFORE_READING = 500


@dataclass
class Counts:
    """Pooled counts of places and employees by month."""

    pool: Pool
    least: int
    by_month: dict[Target, dict[date, Row]] = field(default_factory=dict)

    def add(self, target: Target, start: date, version_id: int, row: Row) -> None:
        months = self.by_month.setdefault(target, {})
        total = months.setdefault(month(start), self.pool.empty())
        self.pool.add(total, version_id, row)

    def figures(self, target: Target) -> Figures:
        """Over all of the period."""
        months = self.by_month.get(target)
        row = np.sum(list(months.values()), axis=0) if months else self.pool.empty()
        return figures(self.pool, row, self.least)

    def monthly(self, target: Target, period: Period) -> Iterator[tuple[date, Figures]]:
        """Month by month, with those in which nobody answered."""
        months = self.by_month.get(target, {})
        for start in period.months():
            yield start, figures(self.pool, months.get(start, self.pool.empty()), self.least)


def catch_up() -> None:
    """Counts a bounded part of what is due, so that a page shows it though no worker runs."""
    if is_due():
        fold(BEFORE_READING)


def released(
    versions: Sequence[Version], period: Period, targets: Sequence[Target], only: Common = EVERYBODY
) -> Counts:
    """What may be shown of these places and employees (0: all of the place's); versions newest first.

    ``only``: of those who have this in common ("" for anything). Of some respondents it is never told what
    that is (see rules/parts.py): they are in the whole and in no part.
    """
    counts = Counts(pool_of(versions), settings.current().minimum_group)
    _add_tallies(counts, "released", versions, period, targets, parts.holding(only))
    return counts


def totals(
    pool: Pool,
    versions: Sequence[Version],
    period: Period,
    targets: Sequence[Target],
    only: Common = EVERYBODY,
) -> Rows:
    """What may be shown of these places and employees, each named once, in all of the period: a pooled row
    each, in their order. ``pool`` is that of the ``versions``; ``only`` as in released(). For thousands of
    them; released() has months.
    """
    found = np.zeros((len(targets), pool.width), np.int64)
    if not versions or not targets or not period.spans():
        return found
    numbers = {target: i for i, target in enumerate(targets)}
    ids = [one.id for one in versions]
    stored = list(tallies.in_spans(targets, ids, "released", period.spans(), parts.holding(only)))
    stored.sort(key=lambda row: row.version_id)
    for version_id, those in groupby(stored, key=lambda row: row.version_id):
        place_ids, employee_ids, _, _, ns, cells = zip(*those, strict=True)
        at = np.array([numbers[target] for target in zip(place_ids, employee_ids, strict=True)])
        order = np.argsort(at, kind="stable")
        rows = pool.pooled(version_id, unpack_all(ns, cells))[order]
        first = np.flatnonzero(np.diff(at[order], prepend=-1))
        found[at[order][first]] += np.add.reduceat(rows, first)
    return found


def monthly_rows(
    pool: Pool,
    versions: Sequence[Version],
    period: Period,
    about: Target,
    only: Common = EVERYBODY,
) -> Rows:
    """What may be shown of a place or employee by month: a pooled row for each of ``period.months()``, the
    empty ones too. The others as totals()."""
    numbers = {start: i for i, start in enumerate(period.months())}
    found = np.zeros((len(numbers), pool.width), np.int64)
    ids = [one.id for one in versions]
    if versions and numbers:
        for row in tallies.in_spans([about], ids, "released", period.spans(), parts.holding(only)):
            pool.add(found[numbers[month(row.start)]], row.version_id, unpack(row.n, row.cells))
    return found


def exact(versions: Sequence[Version], period: Period, path: str, targets: Sequence[Target]) -> Counts:
    """The last count of these, all in the part of the tree at ``path``. To be read in a snapshot."""
    counts = Counts(pool_of(versions), 1)
    _add_tallies(counts, "exact", versions, period, targets)
    _add_waiting(counts, versions, period, path, targets)
    return counts


def pool_of(versions: Iterable[Version], withheld: bool = False) -> Pool:
    """What these versions ask, the newest first; ``withheld`` as in Pool.of()."""
    return Pool.of([(version.id, version.definition) for version in versions], withheld)


def _add_tallies(
    counts: Counts,
    view: str,
    versions: Sequence[Version],
    period: Period,
    targets: Sequence[Target],
    part_ids: Sequence[int] = (ALL_PARTS,),
) -> None:
    if not versions or not period.spans():
        return
    ids = [version.id for version in versions]
    for place_id, employee_id, version_id, start, n, cells in tallies.in_spans(
        targets, ids, view, period.spans(), part_ids
    ):
        counts.add((place_id, employee_id), start, version_id, unpack(n, cells))


def _add_waiting(
    counts: Counts, versions: Sequence[Version], period: Period, path: str, targets: Sequence[Target]
) -> None:
    layouts = {version.id: Layout.of(version.definition) for version in versions}
    wanted = set(targets)
    for page in waiting.still_waiting(path, list(layouts), period.first, period.last):
        ancestors = places.ancestor_ids({one.queue.place_id for one in page})
        for (place_id, employee_id, version_id), _common, day, answers, signs in page:
            row = count(layouts[version_id], [answers], [signs])
            counted = {(above, 0) for above in ancestors[place_id]} | {(place_id, employee_id)}
            for target in counted & wanted:
                counts.add(target, day, version_id, row)

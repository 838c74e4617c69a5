"""Reading figures: released ones for whoever looks at a page, exact ones for the administrator.

Released figures are sums of groups of k respondents or more (see folding.py). Exact figures are the exact
tallies and the responses that still wait, counted on the fly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from survey import settings
from survey.periods import Period, month
from survey.places import queries as places
from survey.questionnaires.models import Version
from survey.tallies.queries import parts, tallies, waiting
from survey.tallies.queries.tallies import Target
from survey.tallies.reading import pool_of
from survey.tallies.rules.cells import Layout, Row, count, unpack
from survey.tallies.rules.pooling import Pool
from survey.tallies.selection import Selection

from .rules.figures import Figures, figures


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


def released(selection: Selection, targets: Sequence[Target]) -> Counts:
    """What may be shown of these places and employees (0: all of the place's)."""
    counts = Counts(pool_of(selection.versions), settings.current().minimum_group)
    _add_tallies(counts, "released", selection, targets)
    return counts


def exact(versions: Sequence[Version], period: Period, path: str, targets: Sequence[Target]) -> Counts:
    """The last count of these, all in the part of the tree at ``path``. To be read in a snapshot."""
    counts = Counts(pool_of(versions), 1)
    selection = Selection(versions, period)
    _add_tallies(counts, "exact", selection, targets)
    _add_waiting(counts, selection, path, targets)
    return counts


def _add_tallies(counts: Counts, view: str, selection: Selection, targets: Sequence[Target]) -> None:
    if selection.is_empty:
        return
    spans, part_ids = selection.period.spans(), parts.holding(selection.only)
    for place_id, employee_id, version_id, start, n, cells in tallies.in_spans(
        targets, selection.version_ids, view, spans, part_ids
    ):
        counts.add((place_id, employee_id), start, version_id, unpack(n, cells))


def _add_waiting(counts: Counts, selection: Selection, path: str, targets: Sequence[Target]) -> None:
    layouts = {version.id: Layout.of(version.definition) for version in selection.versions}
    wanted, period = set(targets), selection.period
    for page in waiting.still_waiting(path, list(layouts), period.first, period.last):
        ancestors = places.ancestor_ids({one.queue.place_id for one in page})
        for (place_id, employee_id, version_id), _common, day, answers, signs in page:
            row = count(layouts[version_id], [answers], [signs])
            counted = {(above, 0) for above in ancestors[place_id]} | {(place_id, employee_id)}
            for target in counted & wanted:
                counts.add(target, day, version_id, row)

"""Reading figures: released figures for pages, exact figures for the administrator.

Released figures are sums of batches (see survey/tallies/closing.py). Exact figures are the sum of
the exact tallies and of the responses that still wait, which are counted when they are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from survey import settings
from survey.periods import Period
from survey.places import queries as places
from survey.questionnaires.models import Version
from survey.tallies.queries import answers, parts, tallies
from survey.tallies.reading import pool_of
from survey.tallies.rules.cells import CountRow, Layout, count, unpack
from survey.tallies.rules.pooling import Pool
from survey.tallies.selection import Selection
from survey.tallies.subject_key import ALL_EMPLOYEES, SubjectKey

from .rules.figures import Figures, figures


@dataclass
class Counts:
    """The pooled counts of places and employees. Questions with fewer than ``least`` answers are withheld."""

    pool: Pool
    least: int
    rows: dict[SubjectKey, CountRow] = field(default_factory=dict)

    def add(self, subject_key: SubjectKey, version_id: int, row: CountRow) -> None:
        self.pool.add(self.rows.setdefault(subject_key, self.pool.empty()), version_id, row)

    def figures(self, subject_keys: Sequence[SubjectKey]) -> list[Figures]:
        """Return the figures of each of these, in order; those without counts have no respondents."""
        nothing = self.pool.empty()
        rows = np.array([self.rows.get(subject_key, nothing) for subject_key in subject_keys])
        return figures(self.pool, rows.reshape(len(subject_keys), self.pool.width), self.least)


def released_counts(selection: Selection, subject_keys: Sequence[SubjectKey]) -> Counts:
    """Return the released counts of these places and employees (0: all employees of the place)."""
    counts = Counts(pool_of(selection.versions), settings.current().minimum_group)
    _add_tallies(counts, "released", selection, subject_keys)
    return counts


def exact_counts(
    versions: Sequence[Version], period: Period, path: str, subject_keys: Sequence[SubjectKey]
) -> Counts:
    """Return the exact counts of these, all in the part of the tree at ``path``. Call it in a snapshot():
    a closing between its statements would move responses from the waiting to the tallied."""
    counts = Counts(pool_of(versions), 1)
    selection = Selection(versions, period)
    _add_tallies(counts, "exact", selection, subject_keys)
    _add_waiting(counts, selection, path, subject_keys)
    return counts


def _add_tallies(counts: Counts, view: str, selection: Selection, subject_keys: Sequence[SubjectKey]) -> None:
    if selection.is_empty:
        return
    spans, part_ids = selection.period.spans(), parts.ids_matching(selection.only)
    for place_id, employee_id, version_id, _start, n, cells in tallies.in_spans(
        subject_keys, selection.version_ids, view, spans, part_ids
    ):
        counts.add((place_id, employee_id), version_id, unpack(n, cells))


def _add_waiting(counts: Counts, selection: Selection, path: str, subject_keys: Sequence[SubjectKey]) -> None:
    layouts = {version.id: Layout.of(version.definition) for version in selection.versions}
    wanted, period = set(subject_keys), selection.period
    for page in answers.waiting_below(path, list(layouts), period.first, period.last):
        ancestors = places.ancestor_ids({place_id for place_id, _given in page})
        for place_id, given in page:
            row = count(layouts[given.version_id], [given.answers], [given.signs])
            counted = {(ancestor_id, ALL_EMPLOYEES) for ancestor_id in ancestors[place_id]}
            for subject_key in (counted | {(place_id, given.common.employee_id)}) & wanted:
                counts.add(subject_key, given.version_id, row)

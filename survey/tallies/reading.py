"""Read pooled rows of released tallies: sums of groups of k respondents or more (see folding.py)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from survey.periods import month
from survey.questionnaires.models import Version
from survey.tallies.folding import fold, is_due
from survey.tallies.queries import parts, tallies
from survey.tallies.rules.cells import CountRows, unpack, unpack_all
from survey.tallies.rules.pooling import Pool
from survey.tallies.selection import Selection
from survey.tallies.subject_key import SubjectKey

# Of what waits a page counts no more than this before it reads: a worker does the rest.
BEFORE_READING = 500


def catch_up() -> None:
    """Count a bounded part of what is due, so that a page shows it though no worker runs."""
    if is_due():
        fold(BEFORE_READING)


def totals(pool: Pool, selection: Selection, subject_keys: Sequence[SubjectKey]) -> CountRows:
    """Return what may be shown of these places and employees, each named once, in all of the period: a pooled
    row each, in their order. ``pool`` is that of the versions. For thousands of them.
    """
    found = np.zeros((len(subject_keys), pool.width), np.int64)
    if selection.is_empty or not subject_keys:
        return found
    numbers = {subject_key: i for i, subject_key in enumerate(subject_keys)}
    stored = list(_released(selection, subject_keys))
    stored.sort(key=lambda row: row.version_id)
    for version_id, those in groupby(stored, key=lambda row: row.version_id):
        place_ids, employee_ids, _, _, ns, cells = zip(*those, strict=True)
        at = np.array([numbers[subject_key] for subject_key in zip(place_ids, employee_ids, strict=True)])
        order = np.argsort(at, kind="stable")
        rows = pool.pooled(version_id, unpack_all(ns, cells))[order]
        first = np.flatnonzero(np.diff(at[order], prepend=-1))
        found[at[order][first]] += np.add.reduceat(rows, first)
    return found


def monthly_rows(pool: Pool, selection: Selection, about: SubjectKey) -> CountRows:
    """Return what may be shown of a place or employee by month: a pooled row for each of ``period.months()``,
    the empty ones too. The others as totals()."""
    numbers = {start: i for i, start in enumerate(selection.period.months())}
    found = np.zeros((len(numbers), pool.width), np.int64)
    if not selection.is_empty:
        for row in _released(selection, [about]):
            pool.add(found[numbers[month(row.start)]], row.version_id, unpack(row.n, row.cells))
    return found


def _released(selection: Selection, subject_keys: Sequence[SubjectKey]) -> Iterator[Any]:
    """Return the tallies of a selection; see tallies.in_spans()."""
    spans, part_ids = selection.period.spans(), parts.holding(selection.only)
    return tallies.in_spans(subject_keys, selection.version_ids, "released", spans, part_ids)


def pool_of(versions: Iterable[Version], withheld: bool = False) -> Pool:
    """Return what these versions ask, the newest first; ``withheld`` as in Pool.of()."""
    return Pool.of([(version.id, version.definition) for version in versions], withheld)

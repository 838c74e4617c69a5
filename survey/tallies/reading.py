"""Reading pooled rows of released tallies, which are sums of batches (see closing.py)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from survey.periods import month
from survey.questionnaires.models import Version
from survey.tallies.queries import parts, tallies
from survey.tallies.rules.cells import CountRows, unpack, unpack_all
from survey.tallies.rules.pooling import Pool
from survey.tallies.selection import Selection
from survey.tallies.subject_key import SubjectKey


def totals(pool: Pool, selection: Selection, subject_keys: Sequence[SubjectKey]) -> CountRows:
    """Return the released counts of these places and employees, without duplicates, over the whole period: a
    pooled row for each, in their order. ``pool`` is that of the versions. The sums are vectorised for
    thousands of subjects.
    """
    sums = np.zeros((len(subject_keys), pool.width), np.int64)
    if selection.is_empty or not subject_keys:
        return sums
    numbers = {subject_key: i for i, subject_key in enumerate(subject_keys)}
    stored = list(_released(selection, subject_keys))
    stored.sort(key=lambda row: row.version_id)
    for version_id, version_tallies in groupby(stored, key=lambda row: row.version_id):
        place_ids, employee_ids, _, _, ns, cells = zip(*version_tallies, strict=True)
        positions = np.array(
            [numbers[subject_key] for subject_key in zip(place_ids, employee_ids, strict=True)]
        )
        order = np.argsort(positions, kind="stable")
        rows = pool.pooled(version_id, unpack_all(ns, cells))[order]
        first = np.flatnonzero(np.diff(positions[order], prepend=-1))
        sums[positions[order][first]] += np.add.reduceat(rows, first)
    return sums


def monthly_rows(pool: Pool, selection: Selection, about: SubjectKey) -> CountRows:
    """Return the released counts of a place or employee by month: a pooled row for each of
    ``period.months()``, also for months without counts. Parameters are as in totals()."""
    numbers = {start: i for i, start in enumerate(selection.period.months())}
    rows = np.zeros((len(numbers), pool.width), np.int64)
    if not selection.is_empty:
        for row in _released(selection, [about]):
            pool.add(rows[numbers[month(row.start)]], row.version_id, unpack(row.n, row.cells))
    return rows


def _released(selection: Selection, subject_keys: Sequence[SubjectKey]) -> Iterator[Any]:
    """Return the tallies of a selection; see tallies.in_spans()."""
    spans, part_ids = selection.period.spans(), parts.ids_matching(selection.only)
    return tallies.in_spans(subject_keys, selection.version_ids, "released", spans, part_ids)


def pool_of(versions: Iterable[Version], withheld: bool = False) -> Pool:
    """Return the pool of these versions, the newest first; ``withheld`` is as in Pool.of()."""
    return Pool.of([(version.id, version.definition) for version in versions], withheld)

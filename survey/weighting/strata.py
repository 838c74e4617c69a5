"""The strata of weighted figures: the tallies of service points and employees, by part."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from survey.periods import Period, Span, last_of_month
from survey.statistics.arrays import Numbers
from survey.tallies.rules.cells import CountRows, unpack_all
from survey.tallies.rules.pooling import Pool
from survey.tallies.subject_key import SubjectKey

Bucket = date | None  # the first day of a month, or None for the whole period
BucketOf = Callable[[date], Bucket]  # takes the first day of a tally
StratumKey = tuple[SubjectKey, int, Bucket]  # the integer is the id of a part


@dataclass(frozen=True)
class Strata:
    """The strata of service points and employees, ``subject_keys``: their ``keys``, pooled ``rows`` of
    counts, and the weight of each respondent, a float for each row."""

    subject_keys: Collection[SubjectKey]
    keys: Sequence[StratumKey]
    rows: CountRows
    weights: Numbers

    @cached_property
    def buckets(self) -> Mapping[Bucket, list[int]]:
        """Return the indices of the rows of each bucket."""
        lines_by_bucket: dict[Bucket, list[int]] = defaultdict(list)
        for line, (_target, _part, bucket) in enumerate(self.keys):
            lines_by_bucket[bucket].append(line)
        return lines_by_bucket

    @cached_property
    def _lines_by_subject(self) -> Mapping[tuple[SubjectKey, Bucket], list[int]]:
        """Return the indices of the rows of each subject in each bucket."""
        lines_by_subject: dict[tuple[SubjectKey, Bucket], list[int]] = defaultdict(list)
        for line, (subject_key, _part, bucket) in enumerate(self.keys):
            lines_by_subject[subject_key, bucket].append(line)
        return lines_by_subject

    def lines(self, subject_keys: Collection[SubjectKey], bucket: Bucket) -> list[int]:
        """Return the indices of a bucket's rows of some of these points and employees, or of all."""
        if len(subject_keys) == len(self.subject_keys):
            return self.buckets.get(bucket, [])
        by_subject = self._lines_by_subject
        return [line for subject_key in subject_keys for line in by_subject.get((subject_key, bucket), ())]


class PooledLines(NamedTuple):
    """Pooled ``rows`` of tallies. ``owners`` has, for each row, the ids of place, employee and part, shape
    (n, 3); ``starts`` its first day as date.toordinal()."""

    owners: CountRows
    starts: CountRows
    rows: CountRows


def pool_lines(pool: Pool, stored: Iterable[Any]) -> PooledLines:
    """Return the pooled rows of tallies that queries.tallies.in_parts() has read."""
    lines = [_no_lines(pool)]
    for version_id, group in groupby(sorted(stored, key=itemgetter(3)), key=itemgetter(3)):
        place_ids, employee_ids, part_ids, _versions, starts, ns, cells = zip(*group, strict=True)
        columns = (place_ids, employee_ids, part_ids, map(date.toordinal, starts))
        *owners, days = (np.fromiter(column, np.int64, len(starts)) for column in columns)
        lines.append(PooledLines(np.stack(owners, 1), days, pool.pooled(version_id, unpack_all(ns, cells))))
    return _concatenate(lines)


def _no_lines(pool: Pool) -> PooledLines:
    """Return no rows, of the pool's width."""
    return PooledLines(np.zeros((0, 3), np.int64), np.zeros(0, np.int64), np.zeros((0, pool.width), np.int64))


def _concatenate(lines: Sequence[PooledLines]) -> PooledLines:
    """Return all lines as a single table."""
    return lines[0] if len(lines) == 1 else PooledLines(*map(np.concatenate, zip(*lines, strict=True)))


def group_lines(lines: PooledLines, bucket_of: BucketOf) -> tuple[list[StratumKey], CountRows]:
    """Return the rows summed by bucket, place, employee and part, with their keys, sorted in this order."""
    if not len(lines.rows):
        return [], lines.rows
    days, day_indices = np.unique(lines.starts, return_inverse=True)
    of_days = [bucket_of(date.fromordinal(day)) for day in days.tolist()]
    buckets = list(dict.fromkeys(of_days))
    bucket_indices = np.array([buckets.index(day_bucket) for day_bucket in of_days])[day_indices]
    columns = (bucket_indices, *lines.owners.T)
    order = np.lexsort(columns[::-1])
    ordered = np.array(columns)[:, order]
    first = np.flatnonzero(np.append(True, (np.diff(ordered) != 0).any(axis=0)))
    keys: list[StratumKey] = [
        ((place_id, employee_id), part_id, buckets[bucket])
        for bucket, place_id, employee_id, part_id in ordered[:, first].T.tolist()
    ]
    return keys, np.add.reduceat(lines.rows[order], first)


@dataclass
class MonthCache:
    """A cache of what ``read`` returns for spans. A whole month is read only once, since the months of a
    trend include the period of the figures beside it."""

    pool: Pool
    read: Callable[[Sequence[Span]], Iterable[Any]]
    _by_month: dict[date, PooledLines] = field(default_factory=dict)

    def of(self, period: Period) -> PooledLines:
        """Return the pooled lines of a period; days outside whole months are always read."""
        if not period.is_whole_months:
            return pool_lines(self.pool, self.read(period.spans()))
        months = list(period.months())
        missing = [start for start in months if start not in self._by_month]
        if missing:
            lines = pool_lines(self.pool, self.read(_spans(missing)))
            for start in missing:
                of_month = lines.starts == start.toordinal()
                self._by_month[start] = PooledLines(*(column[of_month] for column in lines))
        return _concatenate([self._by_month[start] for start in months])


def _spans(months: Sequence[date]) -> list[Span]:
    """Return the spans of these months, in order; consecutive months form a single span."""
    spans: list[Span] = []
    for start in months:
        follows = spans and (start - spans[-1].last).days == 1
        first = spans.pop().first if follows else start
        spans.append(Span("month", first, last_of_month(start)))
    return spans

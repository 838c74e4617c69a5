"""The strata of weighted figures: what is tallied of service points and employees, by part."""

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

Bucket = date | None  # the first day of a month; None: all of the period
Of = Callable[[date], Bucket]
StratumKey = tuple[SubjectKey, int, Bucket]  # with the part's id


@dataclass(frozen=True)
class Strata:
    """What was ``wanted``: pooled ``rows``, whose they are, and the weight of each respondent there."""

    wanted: Collection[SubjectKey]
    keys: Sequence[StratumKey]
    rows: CountRows
    weights: Numbers

    @cached_property
    def buckets(self) -> Mapping[Bucket, list[int]]:
        """The lines of each."""
        found: dict[Bucket, list[int]] = defaultdict(list)
        for line, (_target, _part, bucket) in enumerate(self.keys):
            found[bucket].append(line)
        return found

    @cached_property
    def _of_each(self) -> Mapping[tuple[SubjectKey, Bucket], list[int]]:
        found: dict[tuple[SubjectKey, Bucket], list[int]] = defaultdict(list)
        for line, (subject_key, _part, bucket) in enumerate(self.keys):
            found[subject_key, bucket].append(line)
        return found

    def lines(self, of: Collection[SubjectKey], bucket: Bucket) -> list[int]:
        """Of some of the wanted points and employees, or of all of them."""
        if len(of) == len(self.wanted):
            return self.buckets.get(bucket, [])
        at = self._of_each
        return [line for subject_key in of for line in at.get((subject_key, bucket), ())]


class Lines(NamedTuple):
    """Pooled ``rows`` of tallies, and whose each is: a line of place, employee and part; its first day, as
    date.toordinal() has it."""

    whose: CountRows
    starts: CountRows
    rows: CountRows


def pooled(pool: Pool, stored: Iterable[Any]) -> Lines:
    """Return the pooled rows of tallies as queries.tallies.in_parts() reads them."""
    found = [_nothing(pool)]
    for version_id, group in groupby(sorted(stored, key=itemgetter(3)), key=itemgetter(3)):
        place_ids, employee_ids, part_ids, _versions, starts, ns, cells = zip(*group, strict=True)
        columns = (place_ids, employee_ids, part_ids, map(date.toordinal, starts))
        *whose, days = (np.fromiter(column, np.int64, len(starts)) for column in columns)
        found.append(Lines(np.stack(whose, 1), days, pool.pooled(version_id, unpack_all(ns, cells))))
    return _together(found)


def _nothing(pool: Pool) -> Lines:
    return Lines(np.zeros((0, 3), np.int64), np.zeros(0, np.int64), np.zeros((0, pool.width), np.int64))


def _together(lines: Sequence[Lines]) -> Lines:
    return lines[0] if len(lines) == 1 else Lines(*map(np.concatenate, zip(*lines, strict=True)))


def grouped(lines: Lines, of: Of) -> tuple[list[StratumKey], CountRows]:
    """Return rows by bucket, place and employee, and part, in this order."""
    if not len(lines.rows):
        return [], lines.rows
    days, which = np.unique(lines.starts, return_inverse=True)
    of_days = [of(date.fromordinal(day)) for day in days.tolist()]
    buckets = list(dict.fromkeys(of_days))
    at = np.array([buckets.index(one) for one in of_days])[which]
    columns = (at, *lines.whose.T)
    order = np.lexsort(columns[::-1])
    ordered = np.array(columns)[:, order]
    first = np.flatnonzero(np.append(True, (np.diff(ordered) != 0).any(axis=0)))
    keys: list[StratumKey] = [
        ((place_id, employee_id), part_id, buckets[bucket])
        for bucket, place_id, employee_id, part_id in ordered[:, first].T.tolist()
    ]
    return keys, np.add.reduceat(lines.rows[order], first)


@dataclass
class Months:
    """What ``read`` gives of spans, each whole month of it once: a trend holds the periods beside it."""

    pool: Pool
    read: Callable[[Sequence[Span]], Iterable[Any]]
    _kept: dict[date, Lines] = field(default_factory=dict)

    def of(self, period: Period) -> Lines:
        if not period.is_whole_months:
            return pooled(self.pool, self.read(period.spans()))
        months = list(period.months())
        missing = [start for start in months if start not in self._kept]
        if missing:
            found = pooled(self.pool, self.read(_spans(missing)))
            for start in missing:
                theirs = found.starts == start.toordinal()
                self._kept[start] = Lines(*(column[theirs] for column in found))
        return _together([self._kept[start] for start in months])


def _spans(months: Sequence[date]) -> list[Span]:
    """These months, in order; those that follow each other in one span."""
    spans: list[Span] = []
    for start in months:
        follows = spans and (start - spans[-1].last).days == 1
        first = spans.pop().first if follows else start
        spans.append(Span("month", first, last_of_month(start)))
    return spans

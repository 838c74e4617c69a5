"""The strata of weighted figures: what is tallied of service points and employees, by part."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from .queries.tallies import Target
from .rules.cells import Rows, unpack_all
from .rules.moments import Numbers
from .rules.pooling import Pool

Bucket = date | None  # the first day of a month; None: all of the period
Of = Callable[[date], Bucket]
Key = tuple[Target, int, Bucket]  # with the part's id


@dataclass(frozen=True)
class Strata:
    """Pooled ``rows`` and the weight of each respondent there; ``at`` says which are of a point or employee
    in a bucket, a part each."""

    at: Mapping[tuple[Target, Bucket], list[int]]
    buckets: Collection[Bucket]
    rows: Rows
    weights: Numbers


def grouped(pool: Pool, stored: Iterable[Any], of: Of) -> tuple[list[Key], Rows]:
    """Pooled rows by place and employee, part and bucket."""
    numbers: dict[Key, int] = {}
    pooled, at = [], []
    for version_id, group in groupby(sorted(stored, key=itemgetter(3)), key=itemgetter(3)):
        place_ids, employee_ids, part_ids, _versions, starts, ns, cells = zip(*group, strict=True)
        targets = zip(place_ids, employee_ids, strict=True)
        keys = zip(targets, part_ids, map(of, starts), strict=True)
        at += [numbers.setdefault(key, len(numbers)) for key in keys]
        pooled.append(pool.pooled(version_id, unpack_all(ns, cells)))
    if not pooled:
        return [], np.zeros((0, pool.width), np.int64)
    order = np.argsort(at, kind="stable")
    first = np.flatnonzero(np.diff(np.array(at)[order], prepend=-1))
    return list(numbers), np.add.reduceat(np.concatenate(pooled)[order], first)

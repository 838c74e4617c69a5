"""Sums of counts by place, employee, ancestor, day and month, vectorised over all rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from survey.tallies.subject_key import ALL_EMPLOYEES

from .cells import CountRows

Ids = NDArray[np.int64]
Days = NDArray[np.datetime64]


class Sums(NamedTuple):
    """The counts of a version: each row is of a place, employee (0: all of them) and start of a period."""

    place: Ids
    employee: Ids
    start: Days
    rows: CountRows

    @classmethod
    def of(
        cls, places: Sequence[int], employees: Sequence[int], days: Sequence[date], rows: CountRows
    ) -> "Sums":
        """Return the sums of ``rows``; those with the same place, employee and day are added up."""
        return merge(cls(np.asarray(places), np.asarray(employees), np.asarray(days, "M8[D]"), rows))

    def where(self, mask: NDArray[np.bool_] | NDArray[np.intp]) -> "Sums":
        return Sums(self.place[mask], self.employee[mask], self.start[mask], self.rows[mask])

    def keys(self) -> list[tuple[int, int, date]]:
        days: list[date] = self.start.tolist()
        return list(zip(self.place.tolist(), self.employee.tolist(), days, strict=True))


def merge(sums: Sums) -> Sums:
    """Return the same counts, ordered, with a single row for each place, employee and start."""
    if len(sums.place) == 0:
        return sums
    order = np.lexsort((sums.start, sums.employee, sums.place))
    place, employee, start, rows = sums.where(order)
    changes = (np.diff(place) != 0) | (np.diff(employee) != 0) | (start[1:] != start[:-1])
    first = np.concatenate(([0], np.flatnonzero(changes) + 1))
    return Sums(place[first], employee[first], start[first], np.add.reduceat(rows, first))


def add_up(parts: Sequence[Sums]) -> Sums:
    """Return the sum of ``parts``, all of the same layout."""
    return merge(Sums(*(np.concatenate(column) for column in zip(*parts, strict=True))))


def sum_by_month(sums: Sums) -> Sums:
    """Return the counts of days added up by month; ``start`` is the first day of each."""
    return merge(sums._replace(start=sums.start.astype("M8[M]").astype("M8[D]")))


def spread(sums: Sums, ancestors: Mapping[int, Sequence[int]]) -> Sums:
    """Return the counts at the places where answers were given, spread to all subjects they count in: the
    employee, the place and its ancestors. ``ancestors`` are the ids from the root to the place itself."""
    at_places = merge(sums._replace(employee=np.zeros_like(sums.employee)))
    parts = [sums.where(sums.employee != ALL_EMPLOYEES), at_places]
    above = at_places
    steps = 1
    while True:
        chains = [ancestors[place] for place in at_places.place.tolist()]
        reached = np.asarray([len(chain) > steps for chain in chains], bool)
        if not reached.any():
            return add_up(parts)
        ids = [chain[-1 - steps] for chain in chains if len(chain) > steps]
        above = at_places.where(reached)._replace(place=np.asarray(ids, np.int64))
        parts.append(merge(above))
        steps += 1

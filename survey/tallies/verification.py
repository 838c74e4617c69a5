"""The use case "verify": every tally is compared with a recount of the responses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from survey.places import queries as places
from survey.transaction import snapshot

from .counting import at_place, recount
from .queries import tallies
from .queries.tallies import SeriesKey
from .rules.cells import CountRow, unpack
from .rules.parts import EVERYBODY
from .rules.sums import Sums, add_up, sum_by_month
from .storing import sums_by_part

Counted = Mapping[SeriesKey, Sums]


class TallyKey(NamedTuple):
    employee_id: int
    version_id: int
    view: str
    part_id: int
    grain: str
    start: date


@dataclass(frozen=True)
class TallyDifference:
    """A tally that is not what the responses say; ``part_id`` is 0 for all respondents."""

    place_id: int
    employee_id: int
    version_id: int
    view: str
    part_id: int
    grain: str
    start: date
    what: str


def verify() -> Iterator[TallyDifference]:
    """Yield where tallies differ from the responses: exact ones by the last count, released ones by the
    batches and what these carried over. Works place by place, each region after all that lies in it, at one
    moment of the database."""
    with snapshot():
        below: dict[int, dict[SeriesKey, list[Sums]]] = {}
        for place_id, parent_id in places.ids_bottom_up():
            counted = _counted(place_id, below.pop(place_id, {}))
            for key, what in _differences(counted, tallies.of_place(place_id)):
                yield TallyDifference(place_id, *key, what)
            if parent_id is not None:
                _hand_up(counted, parent_id, below)


def _counted(place_id: int, below: Mapping[SeriesKey, list[Sums]]) -> Counted:
    counts = {by: list(sums) for by, sums in below.items()}
    exact, released = recount(place_id)
    for version_id, by_common in exact.items():
        counts.setdefault(SeriesKey(version_id, "exact"), []).append(at_place(place_id, by_common))
    for version_id, by_common in released.items():
        for part_id, sums in sums_by_part(by_common).items():
            mine = at_place(place_id, {EVERYBODY: sums})
            counts.setdefault(SeriesKey(version_id, "released", part_id), []).append(mine)
    return {by: add_up(sums) for by, sums in counts.items()}


def _hand_up(counted: Counted, parent_id: int, below: dict[int, dict[SeriesKey, list[Sums]]]) -> None:
    for by, sums in counted.items():
        everybody = sums.where(sums.employee == 0)
        above = everybody._replace(place=np.full_like(everybody.place, parent_id))
        counts = below.setdefault(parent_id, {}).setdefault(by, [])
        counts[:] = [add_up([*counts, above])]


def _differences(counted: Counted, stored: Sequence[Any]) -> Iterator[tuple[TallyKey, str]]:
    """Yield where what is stored of a place (as tallies.of_place()) is not what was counted there."""
    expected = {
        TallyKey(employee_id, by.version_id, by.view, by.part_id, grain, start): row
        for by, by_day in counted.items()
        for grain, sums in (("day", by_day), ("month", sum_by_month(by_day)))
        for (_place, employee_id, start), row in zip(sums.keys(), sums.rows, strict=True)
    }
    tallied = {
        TallyKey(
            tally.employee_id, tally.version_id, tally.view, tally.part_id, tally.grain, tally.start
        ): tally
        for tally in stored
    }
    for key in sorted(expected.keys() | tallied.keys()):
        if key not in tallied:
            if expected[key].any():
                yield key, f"is missing: {expected[key][0]} were counted"
        else:
            row = _readable(tallied[key].n, tallied[key].cells)
            what = _difference(expected.get(key), row)
            if what is not None:
                yield key, what


def _readable(n: int, packed: bytes) -> CountRow | None:
    try:
        return unpack(n, packed)
    except (ValueError, IndexError, TypeError):
        return None


def _difference(expected: CountRow | None, stored: CountRow | None) -> str | None:
    if stored is None:
        return "cannot be read"
    if expected is None:
        return "should not be there: nobody was counted" if stored.any() else None
    if len(stored) != len(expected):
        return "cannot be read"
    if stored[0] != expected[0]:
        return f"n is {stored[0]}: {expected[0]} were counted"
    if (stored != expected).any():
        return f"{int((stored != expected).sum())} cells differ"
    return None

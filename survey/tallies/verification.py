"""The use case "verify": every tally is compared with a recount of the responses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from survey.places import queries as places
from survey.transaction import snapshot

from .counting import exactly, own
from .models import ALL_PARTS
from .queries import tallies
from .rules.cells import CountRow, unpack
from .rules.sums import Sums, by_month, together

ALL_TIME = date.min
PARTS = "parts"
"""What was released, as the sum of its parts."""


class TallyKey(NamedTuple):
    employee_id: int
    version_id: int
    view: str
    grain: str
    start: date


@dataclass(frozen=True)
class TallyDifference:
    """A tally that is not what the responses say. ``start`` is date.min for the sum over all time; ``view``
    is also PARTS."""

    place_id: int
    employee_id: int
    version_id: int
    view: str
    grain: str
    start: date
    what: str


def verify() -> Iterator[TallyDifference]:
    """Return where tallies differ from the responses that do not wait: exact ones by the last count; released
    days in their sum over all time, released months from their days, and parts that do not add up to the
    whole. Works place by place, each region after all that lies in it, at one moment of the database."""
    with snapshot():
        below: dict[int, dict[int, list[Sums]]] = {}
        for place_id, parent_id in places.ids_bottom_up():
            counted = _counted(place_id, below.pop(place_id, {}))
            for key, what in differences(counted, tallies.of_place(place_id)):
                yield TallyDifference(place_id, *key, what)
            if parent_id is not None:
                _hand_up(counted, parent_id, below)


def differences(counted: Mapping[int, Sums], stored: Sequence[Any]) -> Iterator[tuple[TallyKey, str]]:
    """Return where what is stored of a place (as tallies.of_place()) is not what was counted there, by
    version."""
    whole = [tally for tally in stored if tally.part_id == ALL_PARTS]
    parts = [tally for tally in stored if tally.part_id != ALL_PARTS]
    expected = _expected(counted) | _months(whole) | _wholes(whole)
    return _compare(expected, _stored(whole) | _added(parts))


def _counted(place_id: int, below: Mapping[int, list[Sums]]) -> dict[int, Sums]:
    parts = {version_id: list(sums) for version_id, sums in below.items()}
    for version_id, groups in own(place_id).items():
        parts.setdefault(version_id, []).append(exactly(place_id, groups))
    return {version_id: together(sums) for version_id, sums in parts.items()}


def _hand_up(counted: Mapping[int, Sums], parent_id: int, below: dict[int, dict[int, list[Sums]]]) -> None:
    for version_id, sums in counted.items():
        everybody = sums.where(sums.employee == 0)
        above = everybody._replace(place=np.full_like(everybody.place, parent_id))
        waiting = below.setdefault(parent_id, {}).setdefault(version_id, [])
        waiting[:] = [together([*waiting, above])]


def _expected(counted: Mapping[int, Sums]) -> dict[TallyKey, CountRow]:
    rows: dict[TallyKey, CountRow] = {}
    for version_id, by_day in counted.items():
        for grain, sums in (("day", by_day), ("month", by_month(by_day))):
            for (_place, employee_id, start), row in zip(sums.keys(), sums.rows, strict=True):
                rows[TallyKey(employee_id, version_id, "exact", grain, start)] = row
                if grain == "day":
                    total = TallyKey(employee_id, version_id, "released", grain, ALL_TIME)
                    rows[total] = rows[total] + row if total in rows else row
    return rows


def _months(stored: Sequence[Any]) -> dict[TallyKey, CountRow | None]:
    """Return what the released months have to be by the released days; None when a day cannot be read."""
    rows: dict[TallyKey, CountRow | None] = {}
    for tally in stored:
        if tally.view == "released" and tally.grain == "day":
            month = tally.start.replace(day=1)
            key = TallyKey(tally.employee_id, tally.version_id, "released", "month", month)
            row = _readable(tally.n, tally.cells)
            rows[key] = _sum(rows[key], row) if key in rows else row
    return rows


def _wholes(stored: Sequence[Any]) -> dict[TallyKey, CountRow | None]:
    """Return what parts have to add up to."""
    return {
        TallyKey(tally.employee_id, tally.version_id, PARTS, tally.grain, tally.start): _readable(
            tally.n, tally.cells
        )
        for tally in stored
        if tally.view == "released"
    }


def _added(parts: Sequence[Any]) -> dict[TallyKey, CountRow | None]:
    rows: dict[TallyKey, CountRow | None] = {}
    for tally in parts:
        key = TallyKey(tally.employee_id, tally.version_id, PARTS, tally.grain, tally.start)
        row = _readable(tally.n, tally.cells)
        rows[key] = _sum(rows[key], row) if key in rows else row
    return rows


def _stored(stored: Sequence[Any]) -> dict[TallyKey, CountRow | None]:
    """Return rows as tallied, None for one that cannot be read; released days summed up over all time."""
    rows: dict[TallyKey, CountRow | None] = {}
    for tally in stored:
        start = ALL_TIME if (tally.view, tally.grain) == ("released", "day") else tally.start
        key = TallyKey(tally.employee_id, tally.version_id, tally.view, tally.grain, start)
        row, before = _readable(tally.n, tally.cells), rows.get(key)
        rows[key] = row if key not in rows else _sum(before, row)
    return rows


def _readable(n: int, packed: bytes) -> CountRow | None:
    try:
        return unpack(n, packed)
    except (ValueError, IndexError, TypeError):
        return None


def _sum(one: CountRow | None, other: CountRow | None) -> CountRow | None:
    return one + other if one is not None and other is not None and len(one) == len(other) else None


def _compare(
    expected: Mapping[TallyKey, CountRow | None], stored: Mapping[TallyKey, CountRow | None]
) -> Iterator[tuple[TallyKey, str]]:
    for key in sorted(expected.keys() | stored.keys()):
        if key not in expected:
            yield key, "should not be there: nobody was counted"
            continue
        row = expected[key]
        if row is None:
            yield key, "cannot be compared: a day of it cannot be read"
        elif key not in stored:
            yield key, f"is missing: {row[0]} were counted"
        elif (what := _difference(row, stored[key])) is not None:
            yield key, what


def _difference(expected: CountRow, stored: CountRow | None) -> str | None:
    if stored is None or len(stored) != len(expected):
        return "cannot be read"
    if stored[0] != expected[0]:
        return f"n is {stored[0]}: {expected[0]} were counted"
    if (stored != expected).any():
        return f"{int((stored != expected).sum())} cells differ"
    return None

"""The use case "verify": compare every tally with a recount of the responses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from survey.places import queries as places
from survey.transaction import snapshot

from .counting import count_place, exact_sums
from .models import ALL_PARTS
from .queries import tallies
from .rules.cells import CountRow, unpack
from .rules.sums import Sums, add_up, sum_by_month

ALL_TIME = date.min
PARTS = "parts"
"""The view of released counts as the sum of their parts."""


class TallyKey(NamedTuple):
    employee_id: int
    version_id: int
    view: str
    grain: str
    start: date


@dataclass(frozen=True)
class TallyDifference:
    """A tally that differs from the responses, and ``what`` differs, in words. ``start`` is ALL_TIME for the
    sum over all time; ``view`` may also be PARTS."""

    place_id: int
    employee_id: int
    version_id: int
    view: str
    grain: str
    start: date
    what: str


def verify() -> Iterator[TallyDifference]:
    """Yield the tallies that differ from the responses that do not wait: exact tallies in any count, released
    days in their sum over all time, released months from their days, and parts that do not add up to the
    whole. Works place by place, each after the places below it, in one snapshot of the database."""
    with snapshot():
        below: dict[int, dict[int, list[Sums]]] = {}
        for place_id, parent_id in places.ids_bottom_up():
            counted = _recount(place_id, below.pop(place_id, {}))
            for key, message in differences(counted, tallies.of_place(place_id)):
                yield TallyDifference(place_id, *key, message)
            if parent_id is not None:
                _add_to_parent(counted, parent_id, below)


def differences(counted: Mapping[int, Sums], stored: Sequence[Any]) -> Iterator[tuple[TallyKey, str]]:
    """Return the differences between the ``stored`` tallies of a place (as tallies.of_place()) and what was
    ``counted`` there, by version."""
    whole = [tally for tally in stored if tally.part_id == ALL_PARTS]
    parts = [tally for tally in stored if tally.part_id != ALL_PARTS]
    expected = _expected(counted) | _expected_months(whole) | _expected_sums_of_parts(whole)
    return _compare(expected, _stored(whole) | _sums_of_parts(parts))


def _recount(place_id: int, below: Mapping[int, list[Sums]]) -> dict[int, Sums]:
    parts = {version_id: list(sums) for version_id, sums in below.items()}
    for version_id, groups in count_place(place_id).items():
        parts.setdefault(version_id, []).append(exact_sums(place_id, groups))
    return {version_id: add_up(sums) for version_id, sums in parts.items()}


def _add_to_parent(
    counted: Mapping[int, Sums], parent_id: int, below: dict[int, dict[int, list[Sums]]]
) -> None:
    for version_id, sums in counted.items():
        everybody = sums.where(sums.employee == 0)
        above = everybody._replace(place=np.full_like(everybody.place, parent_id))
        waiting = below.setdefault(parent_id, {}).setdefault(version_id, [])
        waiting[:] = [add_up([*waiting, above])]


def _expected(counted: Mapping[int, Sums]) -> dict[TallyKey, CountRow]:
    rows: dict[TallyKey, CountRow] = {}
    for version_id, by_day in counted.items():
        for grain, sums in (("day", by_day), ("month", sum_by_month(by_day))):
            for (_place, employee_id, start), row in zip(sums.keys(), sums.rows, strict=True):
                rows[TallyKey(employee_id, version_id, "exact", grain, start)] = row
                if grain == "day":
                    total = TallyKey(employee_id, version_id, "released", grain, ALL_TIME)
                    rows[total] = rows[total] + row if total in rows else row
    return rows


def _expected_months(stored: Sequence[Any]) -> dict[TallyKey, CountRow | None]:
    """Return what the released months must be by the released days; None where a day cannot be read."""
    rows: dict[TallyKey, CountRow | None] = {}
    for tally in stored:
        if tally.view == "released" and tally.grain == "day":
            month = tally.start.replace(day=1)
            key = TallyKey(tally.employee_id, tally.version_id, "released", "month", month)
            row = _unpack_or_none(tally.n, tally.cells)
            rows[key] = _sum(rows[key], row) if key in rows else row
    return rows


def _expected_sums_of_parts(stored: Sequence[Any]) -> dict[TallyKey, CountRow | None]:
    """Return what the parts of released tallies must add up to; None where a tally cannot be read."""
    return {
        TallyKey(tally.employee_id, tally.version_id, PARTS, tally.grain, tally.start): _unpack_or_none(
            tally.n, tally.cells
        )
        for tally in stored
        if tally.view == "released"
    }


def _sums_of_parts(parts: Sequence[Any]) -> dict[TallyKey, CountRow | None]:
    rows: dict[TallyKey, CountRow | None] = {}
    for tally in parts:
        key = TallyKey(tally.employee_id, tally.version_id, PARTS, tally.grain, tally.start)
        row = _unpack_or_none(tally.n, tally.cells)
        rows[key] = _sum(rows[key], row) if key in rows else row
    return rows


def _stored(stored: Sequence[Any]) -> dict[TallyKey, CountRow | None]:
    """Return the rows as tallied, None where a row cannot be read; released days are summed over all time."""
    rows: dict[TallyKey, CountRow | None] = {}
    for tally in stored:
        start = ALL_TIME if (tally.view, tally.grain) == ("released", "day") else tally.start
        key = TallyKey(tally.employee_id, tally.version_id, tally.view, tally.grain, start)
        row, before = _unpack_or_none(tally.n, tally.cells), rows.get(key)
        rows[key] = row if key not in rows else _sum(before, row)
    return rows


def _unpack_or_none(n: int, packed: bytes) -> CountRow | None:
    try:
        return unpack(n, packed)
    except (ValueError, IndexError, TypeError):
        return None


def _sum(row: CountRow | None, other_row: CountRow | None) -> CountRow | None:
    return (
        row + other_row if row is not None and other_row is not None and len(row) == len(other_row) else None
    )


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
        elif (message := _difference(row, stored[key])) is not None:
            yield key, message


def _difference(expected: CountRow, stored: CountRow | None) -> str | None:
    if stored is None or len(stored) != len(expected):
        return "cannot be read"
    if stored[0] != expected[0]:
        return f"n is {stored[0]}: {expected[0]} were counted"
    if (stored != expected).any():
        return f"{int((stored != expected).sum())} cells differ"
    return None

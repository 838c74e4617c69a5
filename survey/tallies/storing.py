"""Adding counts to the stored tallies, as a part of a use case's transaction."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np

from survey.tallies.subject_key import ALL_EMPLOYEES

from .models import ALL_PARTS
from .queries import parts, tallies
from .queries.tallies import SeriesKey
from .rules.cells import CountRow, pack, unpack
from .rules.parts import Common
from .rules.sums import Sums, add_up, sum_by_month

GRAINS = ("day", "month")


def sums_by_part(counted: Mapping[Common, Sums]) -> dict[int, Sums]:
    """Return what was counted by the ids of its parts, and added up under 0, the id of all parts."""
    ids = parts.ensure_ids(sorted(counted))
    return {ALL_PARTS: add_up(list(counted.values()))} | {
        ids[common]: sums for common, sums in counted.items()
    }


def add(series: SeriesKey, by_day: Sums) -> None:
    """Add counts by day to the tallies of days and months; negative counts subtract. Raises ValueError where
    a tally would become negative."""
    for grain, sums in zip(GRAINS, (by_day, sum_by_month(by_day)), strict=True):
        if len(sums.place):
            _add(series, grain, sums)


def _add(series: SeriesKey, grain: str, sums: Sums) -> None:
    keys = sums.keys()
    subject_keys = sorted({key[:2] for key in keys})
    first, last = sums.start.min().item(), sums.start.max().item()
    stored = tallies.of_subjects(subject_keys, series, grain, first, last)
    for i, key in enumerate(keys):
        if key in stored:
            sums.rows[i] += unpack(*stored[key])
    save(series, grain, sums)


def save(series: SeriesKey, grain: str, sums: Sums) -> None:
    """Insert these counts as tallies, or replace those with the same key."""
    tallies.save(
        [
            (place_id, employee_id, series.view, grain, series.part_id, series.version_id, start, n, packed)
            for place_id, employee_id, start, n, packed in zip(
                sums.place.tolist(),
                sums.employee.tolist(),
                sums.start.astype(str).tolist(),
                sums.rows[:, 0].tolist(),
                pack(sums.rows),
                strict=True,
            )
        ]
    )


def counts_at(place_id: int, stored: Iterable[Any]) -> dict[SeriesKey, Sums]:
    """Return the days among the ``stored`` tallies of all employees, added up as counts of this place."""
    rows: dict[SeriesKey, list[tuple[date, CountRow]]] = {}
    for tally in stored:
        if tally.grain == "day":
            series = SeriesKey(tally.version_id, tally.view, tally.part_id)
            rows.setdefault(series, []).append((tally.start, unpack(tally.n, tally.cells)))
    return {
        series: Sums.of(
            [place_id] * len(days),
            [ALL_EMPLOYEES] * len(days),
            [start for start, _ in days],
            np.stack([row for _, row in days]),
        )
        for series, days in rows.items()
    }

"""Adding counts to the tallies, as a part of a use case's transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np

from survey.tallies.subject_key import ALL_EMPLOYEES

from .models import ALL_PARTS
from .queries import parts, tallies
from .queries.tallies import By
from .rules.cells import CountRow, pack, unpack
from .rules.releasing import Release
from .rules.sums import Sums, by_month, together

GRAINS = ("day", "month")


def by_part(release: Release) -> dict[int, Sums]:
    """Return what is shown of all (0), and by the ids of its parts."""
    if not release.shown:
        return {}
    whole = together(list(release.shown.values()))
    ids = parts.ids(sorted(release.shown))
    return {ALL_PARTS: whole} | {ids[common]: sums for common, sums in release.shown.items()}


def add(by: By, by_day: Sums) -> None:
    """Add counts by day (less where they are negative) to the tallies, days and months."""
    for grain, sums in zip(GRAINS, (by_day, by_month(by_day)), strict=True):
        if len(sums.place):
            _add(by, grain, sums)


def _add(by: By, grain: str, sums: Sums) -> None:
    keys = sums.keys()
    subject_keys = sorted({key[:2] for key in keys})
    first, last = sums.start.min().item(), sums.start.max().item()
    stored = tallies.of_subjects(subject_keys, by, grain, first, last)
    for i, key in enumerate(keys):
        if key in stored:
            sums.rows[i] += unpack(*stored[key])
    save(by, grain, sums)


def save(by: By, grain: str, sums: Sums) -> None:
    """Write these counts in the place of what was tallied."""
    tallies.save(
        [
            (place_id, employee_id, by.view, grain, by.part_id, by.version_id, start, n, packed)
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


def counts_at(place_id: int, stored: Iterable[Any]) -> dict[By, Sums]:
    """Return the days among ``stored`` tallies of everybody, added up as counts of this place."""
    rows: dict[By, list[tuple[date, CountRow]]] = {}
    for tally in stored:
        if tally.grain == "day":
            by = By(tally.version_id, tally.view, tally.part_id)
            rows.setdefault(by, []).append((tally.start, unpack(tally.n, tally.cells)))
    return {
        by: Sums.of(
            [place_id] * len(those),
            [ALL_EMPLOYEES] * len(those),
            [start for start, _ in those],
            np.stack([row for _, row in those]),
        )
        for by, those in rows.items()
    }

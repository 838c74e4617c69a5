"""Adding counts to the tallies, as a part of a use case's transaction."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from .queries import tallies
from .rules.blocks import block_ends
from .rules.cells import Row, pack, unpack
from .rules.sums import ALL_EMPLOYEES, Sums, by_month, merged

By = tuple[int, str]  # version, view

GRAINS = ("day", "month")
VIEWS = ("exact", "released")


def released(sums: Sums, k: int) -> Sums:
    """The counts of whole queues of one version (a place and employee each) by the day on which they are
    released: see rules/blocks.py. A queue with fewer than ``k`` is left out."""
    start = sums.start.copy()
    shown = np.zeros(len(start), bool)
    for first, end in _queues(sums):
        days = sums.start[first:end].tolist()
        ends = block_ends(dict(zip(days, sums.rows[first:end, 0].tolist(), strict=True)), k)
        if ends:
            start[first:end] = [ends[day] for day in days]
            shown[first:end] = True
    return merged(sums._replace(start=start).where(shown))


def _queues(sums: Sums) -> list[tuple[int, int]]:
    """Where each queue's rows begin and end; they are in order."""
    changes = (np.diff(sums.place) != 0) | (np.diff(sums.employee) != 0)
    bounds = [0, *(np.flatnonzero(changes) + 1).tolist(), len(sums.place)]
    return list(pairwise(bounds))


def add(version_id: int, view: str, by_day: Sums) -> None:
    """Adds counts by day (less where they are negative) to the tallies of a view, days and months."""
    for grain, sums in zip(GRAINS, (by_day, by_month(by_day)), strict=True):
        if len(sums.place):
            _add(version_id, view, grain, sums)


def _add(version_id: int, view: str, grain: str, sums: Sums) -> None:
    keys = sums.keys()
    targets = sorted({key[:2] for key in keys})
    first, last = sums.start.min().item(), sums.start.max().item()
    stored = tallies.of_targets(targets, version_id, view, grain, first, last)
    for i, key in enumerate(keys):
        if key in stored:
            sums.rows[i] += unpack(*stored[key])
    save(version_id, view, grain, sums)


def save(version_id: int, view: str, grain: str, sums: Sums) -> None:
    """Writes these counts in the place of what was tallied."""
    tallies.save(
        {
            "place_id": place_id,
            "employee_id": employee_id,
            "view": view,
            "grain": grain,
            "version_id": version_id,
            "start": start,
            "n": n,
            "cells": packed,
        }
        for (place_id, employee_id, start), n, packed in zip(
            sums.keys(), sums.rows[:, 0].tolist(), pack(sums.rows), strict=True
        )
    )


def counts_at(place_id: int, stored: Iterable[Any]) -> dict[By, Sums]:
    """The days among ``stored`` tallies of everybody, added up as counts of this place."""
    rows: dict[By, list[tuple[date, Row]]] = {}
    for tally in stored:
        if tally.grain == "day":
            by = (tally.version_id, tally.view)
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

"""Adding counts to the tallies, as a part of a use case's transaction."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from .queries import tallies
from .rules.blocks import block_ends
from .rules.cells import Row, pack, unpack
from .rules.sums import ALL_EMPLOYEES, Sums, by_month, merged

By = tuple[int, str]  # version, view

GRAINS = ("day", "month")
VIEWS = ("exact", "released")


class Release(NamedTuple):
    """What of some counts is shown, by the day on which it is released; and which of them, each (place,
    employee, day), are thereby shown as of a later month: the first day of that."""

    shown: Sums
    late: list[tuple[tuple[int, int, date], date]]


def release(sums: Sums, k: int) -> Release:
    """Releases whole queues of one version (a place and employee each): see rules/blocks.py. A queue with
    fewer than ``k`` is left out."""
    start = sums.start.copy()
    shown = np.zeros(len(start), bool)
    for first, end in _queues(sums):
        days = sums.start[first:end].tolist()
        ends = block_ends(dict(zip(days, sums.rows[first:end, 0].tolist(), strict=True)), k)
        if ends:
            start[first:end] = [ends[day] for day in days]
            shown[first:end] = True
    months = start.astype("M8[M]")
    moved = shown & (sums.start.astype("M8[M]") != months)
    late = zip(sums.where(moved).keys(), months[moved].astype("M8[D]").tolist(), strict=True)
    return Release(merged(sums._replace(start=start).where(shown)), list(late))


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

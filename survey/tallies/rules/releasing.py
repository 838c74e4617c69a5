"""Releasing counts: as of which day and as which part they are shown (see rules/parts.py)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from survey.tallies.subject_key import SubjectKey

from .parts import Common, CommonOnDay, cut
from .sums import Sums, add_up


class LateAnswers(NamedTuple):
    """Answers that are shown as of a later month than their own, whose first day is ``month``."""

    place_id: int
    employee_id: int
    common: Common
    day: date
    month: date


class Release(NamedTuple):
    """The released counts (``shown``), by what their respondents have in common, on the days as of which they
    are released; and the answers that are thereby shown as of a later month (``late``)."""

    shown: Mapping[Common, Sums]
    late: list[LateAnswers]


def release(counted: Mapping[Common, Sums], k: int) -> Release:
    """Return the release of whole queues of a version (each of a place and employee), counted by what their
    respondents have in common. A queue with fewer than ``k`` is left out."""
    respondents: dict[SubjectKey, dict[CommonOnDay, int]] = {}
    for common, sums in counted.items():
        for (place_id, employee_id, day), n in zip(sums.keys(), sums.rows[:, 0].tolist(), strict=True):
            respondents.setdefault((place_id, employee_id), {})[common, day] = n
    pieces = {subject_key: cut(queue, k) for subject_key, queue in respondents.items()}
    shown: dict[Common, list[Sums]] = {}
    late: list[LateAnswers] = []
    for common, sums in counted.items():
        keys = sums.keys()
        ends = [pieces[place, employee].get((common, day)) for place, employee, day in keys]
        for part in {end[0] for end in ends if end}:
            mask = np.array([end is not None and end[0] == part for end in ends])
            days = [end[1] for end in ends if end and end[0] == part]
            shown.setdefault(part, []).append(sums.where(mask)._replace(start=np.array(days, "M8[D]")))
        late += [
            LateAnswers(place, employee, common, day, end[1].replace(day=1))
            for (place, employee, day), end in zip(keys, ends, strict=True)
            if end and (end[1].year, end[1].month) != (day.year, day.month)
        ]
    return Release({part: add_up(parts) for part, parts in shown.items()}, late)

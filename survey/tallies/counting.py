"""Counting responses: by version, channel and language, and of each by place, employee and day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from survey.questionnaires import queries as questionnaires

from .queries import waiting
from .queries.waiting import Queue, WaitingResponse
from .rules.cells import Layout, count_by
from .rules.parts import Common
from .rules.sums import Sums, spread, together

SumsByCommon = Mapping[Common, Sums]


class Counter:
    """Counts responses in memory that does not grow with them."""

    def __init__(self) -> None:
        self._layouts: dict[int, Layout] = {}
        self._sums: dict[int, dict[Common, Sums]] = {}

    def count(self, answered: Iterable[WaitingResponse]) -> None:
        groups: dict[tuple[int, Common], list[WaitingResponse]] = {}
        for one in answered:
            groups.setdefault((one.queue.version_id, one.common), []).append(one)
        for (version_id, common), those in groups.items():
            counted = self._sums.setdefault(version_id, {})
            sums = _sums(self._layout(version_id), those)
            counted[common] = together([counted[common], sums]) if common in counted else sums

    def forget(self, queues: Collection[tuple[Queue, Common]]) -> None:
        """Count nothing of these queues' answers with this in common."""
        for queue, common in queues:
            sums = self._sums[queue.version_id][common]
            kept = (sums.place != queue.place_id) | (sums.employee != queue.employee_id)
            self._sums[queue.version_id][common] = sums.where(kept)

    def sums(self) -> Mapping[int, SumsByCommon]:
        """By version, what was counted: by place, employee (0: none) and day."""
        counted = {
            version_id: {common: sums for common, sums in groups.items() if len(sums.place)}
            for version_id, groups in self._sums.items()
        }
        return {version_id: groups for version_id, groups in counted.items() if groups}

    def _layout(self, version_id: int) -> Layout:
        if version_id not in self._layouts:
            self._layouts[version_id] = Layout.of(questionnaires.version_by_id(version_id).definition)
        return self._layouts[version_id]


def own(place_id: int) -> Mapping[int, SumsByCommon]:
    """Return, by version, the responses given at this very place that were counted."""
    counter = Counter()
    for page in waiting.counted_already(place_id):
        counter.count(page)
    return counter.sums()


def exactly(place_id: int, counted: SumsByCommon) -> Sums:
    """Return what was counted at a place: of each employee and of all."""
    return spread(together(list(counted.values())), {place_id: (place_id,)})


def _sums(layout: Layout, answered: Sequence[WaitingResponse]) -> Sums:
    numbers: dict[tuple[Queue, date], int] = {}
    groups = np.fromiter(
        (numbers.setdefault((one.queue, one.day), len(numbers)) for one in answered), np.int64, len(answered)
    )
    answers, signs = [one.answers for one in answered], [one.signs for one in answered]
    rows = count_by(layout, answers, groups, len(numbers), signs)
    queues = [queue for queue, _day in numbers]
    return Sums.of(
        [queue.place_id for queue in queues],
        [queue.employee_id for queue in queues],
        [day for _queue, day in numbers],
        rows,
    )

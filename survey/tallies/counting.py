"""Counting responses by version and by what they have in common, and in these by place, employee and day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from survey.questionnaires import queries as questionnaires

from .queries import waiting
from .queries.waiting import Queue, WaitingResponse
from .rules.cells import Layout, count_by
from .rules.parts import Common
from .rules.sums import Sums, add_up, spread

SumsByCommon = Mapping[Common, Sums]


class ResponseCounter:
    """A counter of responses, whose memory does not grow with their number."""

    def __init__(self) -> None:
        self._layouts: dict[int, Layout] = {}
        self._sums: dict[int, dict[Common, Sums]] = {}

    def count(self, responses: Iterable[WaitingResponse]) -> None:
        groups: dict[tuple[int, Common], list[WaitingResponse]] = {}
        for response in responses:
            groups.setdefault((response.queue.version_id, response.common), []).append(response)
        for (version_id, common), group in groups.items():
            counted = self._sums.setdefault(version_id, {})
            sums = _sums(self._layout(version_id), group)
            counted[common] = add_up([counted[common], sums]) if common in counted else sums

    def forget(self, queues: Collection[tuple[Queue, Common]]) -> None:
        """Remove the counts of these queues' responses with this in common."""
        for queue, common in queues:
            sums = self._sums[queue.version_id][common]
            kept = (sums.place != queue.place_id) | (sums.employee != queue.employee_id)
            self._sums[queue.version_id][common] = sums.where(kept)

    def sums(self) -> Mapping[int, SumsByCommon]:
        """Return the counts by version and by what responses have in common, each by place, employee (0:
        none) and day."""
        counted = {
            version_id: {common: sums for common, sums in groups.items() if len(sums.place)}
            for version_id, groups in self._sums.items()
        }
        return {version_id: groups for version_id, groups in counted.items() if groups}

    def _layout(self, version_id: int) -> Layout:
        if version_id not in self._layouts:
            self._layouts[version_id] = Layout.of(questionnaires.version_by_id(version_id).definition)
        return self._layouts[version_id]


def count_place(place_id: int) -> Mapping[int, SumsByCommon]:
    """Return, by version, the counts of the counted responses given at this place itself."""
    counter = ResponseCounter()
    for page in waiting.counted_pages(place_id):
        counter.count(page)
    return counter.sums()


def exact_sums(place_id: int, counted: SumsByCommon) -> Sums:
    """Return the counts at a place, of each employee and of all together."""
    return spread(add_up(list(counted.values())), {place_id: (place_id,)})


def _sums(layout: Layout, responses: Sequence[WaitingResponse]) -> Sums:
    numbers: dict[tuple[Queue, date], int] = {}
    groups = np.fromiter(
        (numbers.setdefault((response.queue, response.day), len(numbers)) for response in responses),
        np.int64,
        len(responses),
    )
    answers, signs = [response.answers for response in responses], [response.signs for response in responses]
    rows = count_by(layout, answers, groups, len(numbers), signs)
    queues = [queue for queue, _day in numbers]
    return Sums.of(
        [queue.place_id for queue in queues],
        [queue.employee_id for queue in queues],
        [day for _queue, day in numbers],
        rows,
    )

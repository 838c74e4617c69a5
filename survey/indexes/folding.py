"""The use case "fold": what waits is counted, and what may be shown is released.

A queue (the answers about one place, employee and version) is folded once k or more wait in it; fewer keep
waiting. So whatever is released, and any difference of two released figures, is a sum of groups
of at least k respondents. Exact figures are the exact tallies and what still waits.
"""

import collections
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from survey import settings
from survey.places import queries as places
from survey.questionnaires import queries as questionnaires
from survey.transaction import let_others_write, transaction

from . import adding
from .queries import waiting
from .queries.waiting import Answered, Queue
from .rules.cells import Layout, count_by
from .rules.sums import Sums, merged, spread, together

LIMIT = 20_000

Key = tuple[int, uuid.UUID]  # place and response


def fold(limit: int = LIMIT) -> int:
    """Counts queues until they held ``limit`` responses; returns how many responses were counted.

    Of a queue that is longer than that, k or more are counted and the others wait for the next fold.

    Whatever was counted waits no more in the same transaction: it is counted exactly once, however many
    folders run and whenever one is killed.
    """
    k = settings.current().minimum_group
    with transaction():
        waiting.lock()
        queues = set(waiting.due(k, limit))
        if not queues:
            return 0
        counter = Counter()
        taken: collections.Counter[Queue] = collections.Counter()
        keys: dict[tuple[Queue, date], list[Key]] = {}
        ids = [queue.place_id for queue in queues]
        for page in waiting.pages(min(ids), max(ids)):
            answered = [Answered(Queue(*row[1:4]), row[4], row[5]) for row in page]
            due = [i for i, one in enumerate(answered) if one.queue in queues]
            counter.count([answered[i] for i in due])
            waiting.remove([(page[i].place_id, page[i].id) for i in due])
            for i in due:
                keys.setdefault((answered[i].queue, answered[i].day), []).append(
                    (page[i].place_id, page[i].id)
                )
            taken.update(answered[i].queue for i in due)
            # A queue too long for one transaction is left for the next, once what was taken makes groups.
            if taken.total() >= limit and min(taken.values()) >= k:
                break
        ancestors = places.ancestor_ids(ids)
        for version_id, sums in counter.sums().items():
            adding.add(version_id, "exact", spread(sums, ancestors))
            release = adding.release(sums, k)
            adding.add(version_id, "released", spread(release.shown, ancestors))
            for (place_id, employee_id, day), month in release.late:
                those = keys[Queue(place_id, employee_id, version_id), day]
                waiting.keep_late([(*key, month) for key in those])
        return taken.total()


def fold_all() -> int:
    """Folds what is due now; returns how many responses were counted. What comes meanwhile may wait."""
    total = counted = fold()
    while counted >= LIMIT:
        let_others_write()
        counted = fold()
        total += counted
    return total


def is_due() -> bool:
    """Whether a queue is to be folded."""
    return bool(waiting.due(settings.current().minimum_group, 1))


class Counter:
    """Counts responses by version, place, employee and day, in memory that does not grow with them."""

    def __init__(self) -> None:
        self._layouts: dict[int, Layout] = {}
        self._sums: dict[int, list[Sums]] = {}

    def count(self, answered: Iterable[Answered]) -> None:
        by_version: dict[int, list[Answered]] = {}
        for one in answered:
            by_version.setdefault(one.queue.version_id, []).append(one)
        for version_id, those in by_version.items():
            parts = self._sums.setdefault(version_id, [])
            parts.append(_sums(self._layout(version_id), those))
            self._sums[version_id] = [together(parts)]

    def sums(self) -> Mapping[int, Sums]:
        """By version, what was counted: by place, employee (0: none) and day."""
        return {version_id: merged(parts[0]) for version_id, parts in self._sums.items()}

    def _layout(self, version_id: int) -> Layout:
        if version_id not in self._layouts:
            self._layouts[version_id] = Layout.of(questionnaires.version_by_id(version_id).definition)
        return self._layouts[version_id]


def _sums(layout: Layout, answered: Sequence[Answered]) -> Sums:
    numbers: dict[tuple[Queue, object], int] = {}
    groups = np.fromiter(
        (numbers.setdefault((one.queue, one.day), len(numbers)) for one in answered), np.int64, len(answered)
    )
    rows = count_by(layout, [one.answers for one in answered], groups, len(numbers))
    queues = [queue for queue, _day in numbers]
    return Sums.of(
        [queue.place_id for queue in queues],
        [queue.employee_id for queue in queues],
        [day for _queue, day in numbers],
        rows,
    )

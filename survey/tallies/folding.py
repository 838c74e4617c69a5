"""The use case "fold": what waits is counted, and what may be shown is released.

A queue (the answers about one place, employee and version) is folded once k or more wait in it who have the
channel, the language and their care in common; others wait, for some time, until they are so many
(rules/parts.py). So whatever is released, filtered or not, and any difference of two released figures, is a
sum of groups of at least k respondents. Exact figures are the exact tallies and what still waits.
"""

import collections
import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from survey import settings
from survey.places import queries as places
from survey.transaction import let_others_write, transaction

from . import storing
from .counting import Counter
from .queries import queues, waiting
from .queries.tallies import By
from .queries.waiting import Queue, WaitingKey
from .rules.parts import Common
from .rules.releasing import LateAnswers, release
from .rules.sums import spread, together

LIMIT = 20_000

QueuePart = tuple[Queue, Common]


def fold(limit: int = LIMIT) -> int:
    """Count queues until they held ``limit`` responses; return how many responses were counted.

    Of a queue that is longer than that, groups of k or more are counted; the others wait for the next fold.

    Whatever was counted waits no more in the same transaction: it is counted exactly once, however many
    folders run and whenever one is killed.
    """
    with transaction(), _undisturbed():
        waiting.lock()
        due = _due(limit)
        if not due:
            return 0
        batch = Batch(due)
        for page in waiting.pages(min(due).place_id, max(due).place_id):
            batch.take(page)
            if len(batch) >= limit and batch.has_groups(_k()):
                (last_place, _id), _answered = page[-1]
                batch.give_back_few(last_place, _k())
                break
        batch.add()
        return len(batch)


def fold_all() -> int:
    """Fold what is due now; return how many responses were counted. What comes meanwhile may wait."""
    total = counted = fold()
    while counted >= LIMIT // 2:  # a full fold may have given some back
        let_others_write()
        counted = fold()
        total += counted
    return total


def is_due() -> bool:
    """Return whether a queue is to be folded."""
    return bool(_due(1))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let the garbage collector wait: a fold makes a hundred thousand tuples and no cycles, and the collector
    would look through all of them again and again, for a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _due(limit: int) -> Mapping[Queue, frozenset[Common]]:
    return queues.due(_k(), settings.current().today(), limit)


def _k() -> int:
    return settings.current().minimum_group


class Batch:
    """What one fold takes of the queues that are due."""

    def __init__(self, due: Mapping[Queue, frozenset[Common]]) -> None:
        self._due = due
        self._counter = Counter()
        self._taken: collections.Counter[QueuePart] = collections.Counter()
        self._keys: dict[tuple[QueuePart, date], list[WaitingKey]] = {}

    def __len__(self) -> int:
        return self._taken.total()

    def take(self, page: waiting.WaitingPage) -> None:
        """Count what is due of a page, which then waits no more."""
        none = frozenset[Common]()
        due = [(key, one) for key, one in page if one.common in self._due.get(one.queue, none)]
        self._counter.count(one for _key, one in due)
        for key, one in due:
            self._keys.setdefault(((one.queue, one.common), one.day), []).append(key)
        self._taken.update((one.queue, one.common) for _key, one in due)
        waiting.remove([key for key, _one in due])

    def has_groups(self, k: int) -> bool:
        """Return whether there is anything that may be shown."""
        return max(self._taken.values(), default=0) >= k

    def give_back_few(self, place_id: int, k: int) -> None:
        """Of a place that was not taken to the end, those who are too few yet wait for the others."""
        few = {group for group, n in self._taken.items() if group[0].place_id == place_id and n < k}
        self._counter.forget(few)
        for group, day in [one for one in self._keys if one[0] in few]:
            waiting.add(self._keys.pop((group, day)))
        for group in few:
            del self._taken[group]

    def add(self) -> None:
        """Add what was taken to the tallies."""
        ancestors = places.ancestor_ids(queue.place_id for queue, _common in self._taken)
        for version_id, counted in self._counter.sums().items():
            storing.add(By(version_id, "exact"), spread(together(list(counted.values())), ancestors))
            found = release(counted, _k())
            for part_id, sums in storing.by_part(found).items():
                storing.add(By(version_id, "released", part_id), spread(sums, ancestors))
            for one in found.late:
                self._keep_late(version_id, one)

    def _keep_late(self, version_id: int, late: LateAnswers) -> None:
        queue = Queue(late.place_id, late.employee_id, version_id)
        waiting.keep_late([(*key, late.month) for key in self._keys[(queue, late.common), late.day]])

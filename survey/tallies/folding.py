"""The use case "fold": count waiting responses, and release those that may be shown.

A queue (the responses about a place, employee and version) is folded once k or more wait in it who have the
channel, the language and their care in common; others wait, for some time, until they are as many
(rules/parts.py). So every released figure, filtered or not, and every difference of two released figures, is
a sum of groups of at least k respondents. Exact figures are the exact tallies and the waiting responses.
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
from .counting import ResponseCounter
from .queries import queues, waiting
from .queries.tallies import SeriesKey
from .queries.waiting import Queue, WaitingKey
from .rules.parts import Common
from .rules.releasing import LateAnswers, release
from .rules.sums import add_up, spread

LIMIT = 20_000

QueuePart = tuple[Queue, Common]


def fold(limit: int = LIMIT) -> int:
    """Count queues until they held ``limit`` responses; return how many responses were counted.

    Of a queue that is longer than that, groups of k or more are counted; the others wait for the next fold.

    The same transaction adds the counts and removes the responses from the queue. So each is counted exactly
    once, however many processes fold and whenever one is killed.
    """
    with transaction(), _garbage_collection_paused():
        waiting.lock()
        due = _due(limit)
        if not due:
            return 0
        batch = Batch(due)
        for page in waiting.pages(min(due).place_id, max(due).place_id):
            batch.take(page)
            if len(batch) >= limit and batch.has_groups(_k()):
                (last_place, _id), _answered = page[-1]
                batch.put_back_small_groups(last_place, _k())
                break
        batch.add()
        return len(batch)


def fold_all() -> int:
    """Fold what is due now; return how many responses were counted. Responses that arrive during the folds
    may keep waiting."""
    total = counted = fold()
    while counted >= LIMIT // 2:  # a full fold may have put some back
        let_others_write()
        counted = fold()
        total += counted
    return total


def is_due() -> bool:
    """Return whether a queue is due to be folded."""
    return bool(_due(1))


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Pause the garbage collector: a fold makes a hundred thousand tuples and no cycles, and the collector
    would scan all of them again and again, which takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _due(limit: int) -> Mapping[Queue, frozenset[Common]]:
    return queues.due_queues(_k(), settings.current().today(), limit)


def _k() -> int:
    return settings.current().minimum_group


class Batch:
    """The responses that a fold takes from the queues that are due."""

    def __init__(self, due: Mapping[Queue, frozenset[Common]]) -> None:
        self._due = due
        self._counter = ResponseCounter()
        self._taken: collections.Counter[QueuePart] = collections.Counter()
        self._keys: dict[tuple[QueuePart, date], list[WaitingKey]] = {}

    def __len__(self) -> int:
        return self._taken.total()

    def take(self, page: waiting.WaitingPage) -> None:
        """Count the responses of a page that are due, and remove them from those that wait."""
        nothing_due = frozenset[Common]()
        due = [
            (key, response)
            for key, response in page
            if response.common in self._due.get(response.queue, nothing_due)
        ]
        self._counter.count(response for _key, response in due)
        for key, response in due:
            self._keys.setdefault(((response.queue, response.common), response.day), []).append(key)
        self._taken.update((response.queue, response.common) for _key, response in due)
        waiting.remove([key for key, _one in due])

    def has_groups(self, k: int) -> bool:
        """Return whether ``k`` or more of a queue who have everything in common were taken."""
        return max(self._taken.values(), default=0) >= k

    def put_back_small_groups(self, place_id: int, k: int) -> None:
        """Put groups of fewer than ``k`` back to wait, at a place whose responses were not all taken."""
        small_groups = {group for group, n in self._taken.items() if group[0].place_id == place_id and n < k}
        self._counter.forget(small_groups)
        for group, day in [group_and_day for group_and_day in self._keys if group_and_day[0] in small_groups]:
            waiting.add(self._keys.pop((group, day)))
        for group in small_groups:
            del self._taken[group]

    def add(self) -> None:
        """Add the counts of the responses taken to the tallies."""
        ancestors = places.ancestor_ids(queue.place_id for queue, _common in self._taken)
        for version_id, counted in self._counter.sums().items():
            storing.add(SeriesKey(version_id, "exact"), spread(add_up(list(counted.values())), ancestors))
            version_release = release(counted, _k())
            for part_id, sums in storing.sums_by_part(version_release).items():
                storing.add(SeriesKey(version_id, "released", part_id), spread(sums, ancestors))
            for late_answers in version_release.late:
                self._keep_late(version_id, late_answers)

    def _keep_late(self, version_id: int, late: LateAnswers) -> None:
        queue = Queue(late.place_id, late.employee_id, version_id)
        waiting.save_late([(*key, late.month) for key in self._keys[(queue, late.common), late.day]])

"""The use case "close": batches whose day has come are released, and counted.

This is the only place where answers become visible: no page, no import of a page, no other work releases
anything. Whatever is shown, filtered or not, is a sum of batches, each of some queue; so two views of the
same figure differ by whole batches (survey/batches, docs/decisions/0053).
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from random import SystemRandom

from survey import settings
from survey.batches import queries
from survey.batches.models import Queue
from survey.batches.rules import calendar
from survey.batches.rules.classes import Class, class_of, own_classes
from survey.batches.rules.exchange import exchange
from survey.transaction import Session, let_others_write, transaction

from .queries import answers
from .queries.answers import StoredAnswers
from .queries.locking import lock
from .releasing import BatchAnswers, make_batch, release

LOT = SystemRandom()
EVERY = 20
"""Points whose batches close in one transaction, which others wait for on SQLite."""


def close() -> int:
    """Release the batches of a few points that are due; return how many answers they held."""
    with transaction() as session, _undisturbed():
        lock(session)
        today = settings.current().closing_day()
        return sum(
            PointClosing(session, place_id, questionnaire_id).close(today)
            for place_id, questionnaire_id in queries.due(session, today, EVERY)
        )


def close_all() -> int:
    """Release every batch that is due now; return how many answers they held."""
    total = 0
    while queries.is_due(settings.current().closing_day()):
        total += close()
        let_others_write()
    return total


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let the garbage collector wait: closing makes a hundred thousand tuples and no cycles, and the
    collector would look through all of them again and again, for a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class PointClosing:
    """The queues of one point and questionnaire, and what waits in them."""

    def __init__(self, session: Session, place_id: int, questionnaire_id: int) -> None:
        self.session = session
        self.place_id = place_id
        self.questionnaire_id = questionnaire_id
        self.queues = queries.open_queues(session, place_id, questionnaire_id)
        self.common = self.queues[0]
        self.new: list[StoredAnswers] = []
        self.reserves: dict[int, list[StoredAnswers]] = {queue.id: [] for queue in self.queues}
        for given, queue_id in answers.waiting_at(place_id, questionnaire_id):
            (self.new if queue_id is None else self.reserves[queue_id]).append(given)
        self.arrivals = queries.arrivals(session, place_id, questionnaire_id)

    def close(self, today: date) -> int:
        """Close whatever is due, in the order in which it would have been closed on its day; return how many
        answers were released."""
        new: BatchAnswers = []
        while due := [queue for queue in self.queues if queue.closes_on <= today]:
            new += self._close(min(due, key=lambda queue: (queue.closes_on, queue is not self.common)))
        return release(self.session, self.place_id, new)

    def _close(self, queue: Queue) -> BatchAnswers:
        """Close the batch of a queue; return what leaves with it, nothing where it goes on."""
        mine = [given for given in self.new if given.day < queue.closes_on and self._queue_of(given) is queue]
        reserve = self.reserves[queue.id]
        if queue is self.common and not mine:
            # All answers are in queues of classes, which end only where this one closes.
            self._open_next(queue)
            return []
        change = exchange(len(mine), len(reserve), queue.reserve, queue.floor)
        if change is None:
            self._postpone(queue)
            return []
        LOT.shuffle(mine)
        LOT.shuffle(reserve)
        held, leaving = mine[: change.held], mine[change.held :] + reserve[: change.leave]
        self._take(mine)
        self.reserves[queue.id] = reserve[change.leave :] + held
        answers.hold(self.place_id, [given.id for given in held], queue.id)
        batch_answers = make_batch(self.session, queue, queue.closes_on, leaving)
        self._open_next(queue)
        return batch_answers

    def _queue_of(self, given: StoredAnswers) -> Queue:
        """Return the queue to which new answers belong: what was open on their day decides."""
        classes = {
            queue.of: queue for queue in self.queues if queue.since <= given.day or queue is self.common
        }
        return classes[class_of(given.common, classes)]

    def _take(self, mine: Sequence[StoredAnswers]) -> None:
        """Note that these came: they are new no more."""
        taken = {given.id for given in mine}
        self.new = [given for given in self.new if given.id not in taken]
        arrived: dict[tuple[Class, date], int] = {}
        for given in mine:
            arrived[given.common, given.day] = arrived.get((given.common, given.day), 0) + 1
            by_day = self.arrivals.setdefault(given.common, {})
            by_day[given.day] = by_day.get(given.day, 0) + 1
        queries.note_arrivals(self.session, self.place_id, self.questionnaire_id, arrived)

    def _past(self, before: date) -> dict[Class, dict[date, int]]:
        """Return how many answers came on the days before ``before``, by all that they have in common."""
        past = {
            answer_class: {day: n for day, n in by_day.items() if day < before}
            for answer_class, by_day in self.arrivals.items()
        }
        for given in self.new:
            if given.day < before:
                by_day = past.setdefault(given.common, {})
                by_day[given.day] = by_day.get(given.day, 0) + 1
        return past

    def _postpone(self, queue: Queue) -> None:
        """Too few would leave: the batch goes on, or the queue of a class that brings no more ends."""
        if queue is self.common or queue.of in self._own_classes(queue.closes_on):
            queue.closes_on += timedelta(calendar.length(queue.rate))
        elif queue.closes_on == self.common.opens_on:
            self._end(queue, queue.opens_on)
        else:
            queue.closes_on = self.common.closes_on

    def _open_next(self, queue: Queue) -> None:
        """Open a queue's next batch, and queues for the classes among its answers that bring enough; end the
        queue of a class that brings no more.

        A class begins where a batch of the queue ends that its answers belonged to, and ends where a batch of
        the common queue does: so what a batch takes is fixed when it opens.
        """
        opens_on = queue.closes_on
        own = self._own_classes(opens_on)
        classes = {other.of for other in self.queues}
        for answer_class in sorted(own - classes):
            if class_of(answer_class, classes) == queue.of:
                self._open(answer_class, opens_on)
        is_over = queue is not self.common and queue.of not in own
        if is_over and opens_on == self.common.opens_on:
            self._end(queue, opens_on)
            return
        self._set_terms(queue, opens_on)
        if is_over:
            queue.closes_on = self.common.closes_on
        if queue is self.common:
            before = opens_on - timedelta(2 * calendar.UNKNOWN + calendar.LONGEST)
            queries.forget_arrivals(self.session, self.place_id, self.questionnaire_id, before)

    def _own_classes(self, opens_on: date) -> frozenset[Class]:
        return own_classes(self._past(opens_on), opens_on)

    def _open(self, answer_class: Class, opens_on: date) -> None:
        """Open a queue for a class."""
        queue = Queue.of_class(self.place_id, self.questionnaire_id, answer_class, opens_on)
        self.queues.append(queue)
        self._set_terms(queue, opens_on)
        self.session.add(queue)
        self.session.flush()
        self.reserves[queue.id] = []

    def _set_terms(self, queue: Queue, opens_on: date) -> None:
        classes = {other.of for other in self.queues}
        by_day: dict[date, int] = {}
        total = 0
        for answer_class, days in self._past(opens_on).items():
            total += sum(days.values())
            if class_of(answer_class, classes) == queue.of:
                for day, n in days.items():
                    by_day[day] = by_day.get(day, 0) + n
        share = sum(by_day.values()) / total if total else 1
        rate = calendar.rate(by_day, self.common.since, opens_on, self.common.expected * share)
        now = settings.current()
        queue.set_terms(calendar.terms(opens_on, rate, now.minimum_group, now.has_reserve))

    def _end(self, queue: Queue, ended_on: date) -> None:
        """End the queue of a class: what it holds back, and what came since, is the common queue's."""
        queue.ended_on = ended_on
        self.queues.remove(queue)
        left = self.reserves.pop(queue.id)
        self.reserves[self.common.id] += left
        answers.hold(self.place_id, [given.id for given in left], self.common.id)

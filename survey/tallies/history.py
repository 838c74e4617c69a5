"""The use case "release what came in files": answers that were given elsewhere, long ago, do not wait for
days to come. They have queues of their own, without a reserve."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from survey import settings
from survey.batches import queries
from survey.batches.models import Queue
from survey.batches.rules import calendar
from survey.batches.rules.classes import COMMON, Class, class_of, divided
from survey.batches.rules.history import months
from survey.transaction import Session, let_others_write, transaction

from .queries import answers
from .queries.answers import StoredAnswers
from .queries.locking import lock
from .releasing import BatchAnswers, make_batch, release

MANY = 2_000
"""Answers in one transaction, and what their point has more: others wait for it on SQLite."""


def release_files(least: int = calendar.USUAL) -> int:
    """Release what came in files, by month, where ``least`` or more are together, and as many as may be
    shown; return how many answers were released. Fewer wait for the next file."""
    least = max(least, settings.current().minimum_group)
    total = 0
    points = answers.with_files()
    while points:
        released = 0
        with transaction() as session:
            lock(session)
            while points and released < MANY:
                released += _release_point(session, *points.pop(), least)
        total += released
        let_others_write()
    return total


def _release_point(session: Session, place_id: int, questionnaire_id: int, least: int) -> int:
    waiting = [given for given, _queue_id in answers.waiting_at(place_id, questionnaire_id, imported=True)]
    shown = months(Counter(given.day for given in waiting), least)
    batches: dict[date, list[StoredAnswers]] = {}
    for given in waiting:
        if given.day in shown:
            batches.setdefault(shown[given.day], []).append(given)
    new: BatchAnswers = []
    for day, members in sorted(batches.items()):
        for answer_class, mine in _by_class(members, least):
            queue = _queue(session, place_id, questionnaire_id, answer_class, day)
            new += make_batch(session, queue, day + timedelta(1), mine)
    return release(session, place_id, new)


def _by_class(members: Iterable[StoredAnswers], least: int) -> Iterable[tuple[Class, list[StoredAnswers]]]:
    """Return the answers of a month by class, each of ``least`` or more."""
    numbers = Counter(given.common for given in members)
    classes = divided(numbers, lambda _answer_class: least)
    by_class: dict[Class, list[StoredAnswers]] = {}
    for given in members:
        by_class.setdefault(class_of(given.common, classes), []).append(given)
    by_size = sorted(
        set(by_class) - {COMMON}, key=lambda answer_class: (len(by_class[answer_class]), answer_class)
    )
    while by_size and 0 < len(by_class.get(COMMON, ())) < least:
        by_class[COMMON] += by_class.pop(by_size.pop(0))
    return sorted(by_class.items())


def _queue(session: Session, place_id: int, questionnaire_id: int, answer_class: Class, day: date) -> Queue:
    """Return the queue of a class of answers that came in files."""
    for queue in queries.open_queues(session, place_id, questionnaire_id, imported=True):
        if queue.of == answer_class:
            return queue
    queue = Queue.of_class(place_id, questionnaire_id, answer_class, day)
    queue.imported = True
    queue.set_terms(calendar.terms(day, 0, has_reserve=False))
    session.add(queue)
    session.flush()
    return queue

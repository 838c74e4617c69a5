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

from .closing import release
from .queries import answers
from .queries.answers import StoredAnswers
from .queries.locking import lock


def release_files(least: int = calendar.USUAL) -> int:
    """Release what came in files, by month, where ``least`` or more are together, and as many as may be
    shown; return how many answers were released. Fewer wait for the next file."""
    least = max(least, settings.current().minimum_group)
    released = 0
    for place_id, questionnaire_id in answers.with_files():
        with transaction() as session:
            lock(session)
            released += _release_point(session, place_id, questionnaire_id, least)
        let_others_write()
    return released


def _release_point(session: Session, place_id: int, questionnaire_id: int, least: int) -> int:
    waiting = [one for one, _queue_id in answers.waiting_at(place_id, questionnaire_id, imported=True)]
    shown = months(Counter(one.day for one in waiting), least)
    batches: dict[date, list[StoredAnswers]] = {}
    for one in waiting:
        if one.day in shown:
            batches.setdefault(shown[one.day], []).append(one)
    for day, members in sorted(batches.items()):
        for class_, mine in _by_class(members, least):
            queue = _queue(session, place_id, questionnaire_id, class_, day)
            release(session, queue, day + timedelta(1), mine)
    return sum(map(len, batches.values()))


def _by_class(members: Iterable[StoredAnswers], least: int) -> Iterable[tuple[Class, list[StoredAnswers]]]:
    """Return the answers of a month by class, each of ``least`` or more."""
    numbers = Counter(one.common for one in members)
    classes = divided(numbers, lambda _one: least)
    found: dict[Class, list[StoredAnswers]] = {}
    for one in members:
        found.setdefault(class_of(one.common, classes), []).append(one)
    by_size = sorted(set(found) - {COMMON}, key=lambda one: (len(found[one]), one))
    while by_size and 0 < len(found.get(COMMON, ())) < least:
        found[COMMON] += found.pop(by_size.pop(0))
    return sorted(found.items())


def _queue(session: Session, place_id: int, questionnaire_id: int, one: Class, day: date) -> Queue:
    """Return the queue of a class of answers that came in files."""
    for queue in queries.open_queues(session, place_id, questionnaire_id, imported=True):
        if queue.of == one:
            return queue
    queue = Queue.of_class(place_id, questionnaire_id, one, day)
    queue.imported = True
    queue.set_terms(calendar.terms(day, 0, has_reserve=False))
    session.add(queue)
    session.flush()
    return queue

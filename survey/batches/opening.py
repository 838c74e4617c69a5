"""The use case "open queues": an administrator lets answers of service points be released.

Only administrators do: whoever could make a queue of their own could keep it empty but for one answer.
"""

from collections.abc import Iterable
from datetime import date

from survey import settings
from survey.transaction import retry_on_conflict, transaction

from . import queries
from .models import Queue
from .rules import calendar
from .rules.classes import COMMON


def open_queues(points: Iterable[queries.PointAndQuestionnaire], today: date, expected: float = 0) -> int:
    """Open the common queue of each of these points and questionnaires where there is none; return how many.
    ``expected`` is how many answers a day each will get, 0 where that is not known."""
    chosen = set(points)

    def work() -> int:
        with transaction() as session:
            new = sorted(chosen - queries.opened(session))
            session.add_all(_common(*point, today, expected) for point in new)
        return len(new)

    return retry_on_conflict(work)


def _common(place_id: int, questionnaire_id: int, today: date, expected: float) -> Queue:
    """Return a queue whose first batch opens today; answers that wait are taken by it."""
    now = settings.current()
    queue = Queue.of_class(place_id, questionnaire_id, COMMON, today)
    queue.expected = expected
    queue.set_terms(calendar.terms(today, expected, now.minimum_group, now.has_reserve))
    return queue


def expect(points: Iterable[queries.PointAndQuestionnaire], expected: float) -> int:
    """Say how many answers a day each of these open points is to get; return how many points there were. It
    counts from the next batch on: batches never become shorter than that number makes them."""
    changed = 0
    with transaction() as session:
        for place_id, questionnaire_id in points:
            for queue in queries.open_queues(session, place_id, questionnaire_id)[:1]:
                queue.expected = expected
                changed += 1
    return changed

"""Of which answers enough wait to be counted and released."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import and_, func, select, text

from survey.db import db
from survey.responses.models import Response, Waiting
from survey.tallies.rules.parts import Common, Waits, enough
from survey.tallies.rules.parts import due as release_now

from .waiting import COMMON, PAGE, QUEUE, Queue

LOOKED_AT = 5  # times the limit of a fold
# The places in which something waits, and how much, up to ``most``. It steps from place to place: of ten
# million that wait it reads no more than it needs.
PLACES = text(
    "WITH RECURSIVE held (place_id) AS (SELECT min(place_id) FROM waiting UNION ALL"
    " SELECT (SELECT min(place_id) FROM waiting WHERE place_id > held.place_id) FROM held"
    " WHERE held.place_id IS NOT NULL)"
    " SELECT place_id, (SELECT count(*) FROM"
    " (SELECT 1 FROM waiting WHERE waiting.place_id = held.place_id LIMIT :most) AS these)"
    " FROM held WHERE place_id IS NOT NULL ORDER BY place_id"
)


def due(k: int, today: date, limit: int) -> dict[Queue, frozenset[Common]]:
    """Return the queues of which answers are to be released, by place, and of what channel and language these
    are (see rules.parts.due()): whole ones, until they hold ``limit`` such responses.

    Where very many wait, the first of them are looked at, and those who are k among these are due.
    """
    found: dict[Queue, frozenset[Common]] = {}
    most = LOOKED_AT * max(limit, PAGE)
    total = 0
    for place_ids, held in _places(k, most):
        for queue, waits in _waits(place_ids, most).items():
            those = release_now(waits, k, today) if held < most else enough(waits, k)
            if those:
                found[queue] = those
                total += sum(waits[common].n for common in those)
            if total >= limit:
                return found
    return found


def _places(k: int, most: int) -> Iterator[tuple[list[int], int]]:
    """Places in which ``k`` or more wait, together with others while ``most`` wait there at most; and how
    many wait in all of them."""
    together: list[int] = []
    total = 0
    for place_id, held in db.session.execute(PLACES, {"most": most}).all():
        if held < k:
            continue
        if together and total + held > PAGE:
            yield together, total
            together, total = [], 0
        together.append(place_id)
        total += held
    if together:
        yield together, total


def _waits(place_ids: Sequence[int], most: int) -> dict[Queue, dict[Common, Waits]]:
    """Return who waits at these places, by place; of the first ``most`` of them."""
    key = (Waiting.place_id, Waiting.response_id)
    first = select(*key).where(Waiting.place_id.in_(place_ids)).order_by(*key).limit(most).subquery()
    statement = (
        select(*QUEUE, *COMMON, func.count(), func.min(Response.day))
        .select_from(first)
        .join(Response, and_(Response.place_id == first.c.place_id, Response.id == first.c.response_id))
        .group_by(*QUEUE, *COMMON)
        .order_by(Response.place_id)
    )
    found: dict[Queue, dict[Common, Waits]] = {}
    for place_id, employee_id, version_id, *common, n, since in db.session.execute(statement):
        queue = Queue(place_id, employee_id, version_id)
        found.setdefault(queue, {})[Common(*common)] = Waits(n, since)
    return found

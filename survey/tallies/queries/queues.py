"""Queries of the queues in which enough responses wait to be counted and released."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import and_, func, select, text

from survey.db import db
from survey.responses.models import Response, Waiting
from survey.tallies.rules.parts import Common, WaitingCount, parts_due, parts_with_k

from .waiting import COMMON, PAGE, QUEUE, Queue

SCANNED = 5  # times the limit of a fold are read at most
# Selects the places with waiting responses, and their numbers up to ``most``. The recursion steps from place
# to place by the index, so that of ten million waiting responses no more are read than needed.
PLACES = text(
    "WITH RECURSIVE held (place_id) AS (SELECT min(place_id) FROM waiting UNION ALL"
    " SELECT (SELECT min(place_id) FROM waiting WHERE place_id > held.place_id) FROM held"
    " WHERE held.place_id IS NOT NULL)"
    " SELECT place_id, (SELECT count(*) FROM"
    " (SELECT 1 FROM waiting WHERE waiting.place_id = held.place_id LIMIT :most) AS these)"
    " FROM held WHERE place_id IS NOT NULL ORDER BY place_id"
)


def due_queues(k: int, today: date, limit: int) -> dict[Queue, frozenset[Common]]:
    """Return the queues with responses to be released, ordered by place, and what those responses have in
    common (see rules.parts.parts_due()): whole queues, until they hold ``limit`` such responses.

    Where more wait than are scanned, only the first are read, and of these only those are due of whom ``k``
    have everything in common.
    """
    due_parts: dict[Queue, frozenset[Common]] = {}
    most = SCANNED * max(limit, PAGE)
    total = 0
    for place_ids, held in _place_batches(k, most):
        for queue, waits in _waiting_counts(place_ids, most).items():
            parts = parts_due(waits, k, today) if held < most else parts_with_k(waits, k)
            if parts:
                due_parts[queue] = parts
                total += sum(waits[common].n for common in parts)
            if total >= limit:
                return due_parts
    return due_parts


def _place_batches(k: int, most: int) -> Iterator[tuple[list[int], int]]:
    """Yield batches of places in which ``k`` or more responses wait, and how many wait in each batch, at most
    ``most`` counted for a place. A batch has several places while PAGE or fewer wait in it."""
    batch: list[int] = []
    total = 0
    for place_id, held in db.session.execute(PLACES, {"most": most}).all():
        if held < k:
            continue
        if batch and total + held > PAGE:
            yield batch, total
            batch, total = [], 0
        batch.append(place_id)
        total += held
    if batch:
        yield batch, total


def _waiting_counts(place_ids: Sequence[int], most: int) -> dict[Queue, dict[Common, WaitingCount]]:
    """Return how many responses wait in each queue of these places, by what they have in common; only the
    first ``most`` responses are counted."""
    key = (Waiting.place_id, Waiting.response_id)
    first = select(*key).where(Waiting.place_id.in_(place_ids)).order_by(*key).limit(most).subquery()
    statement = (
        select(*QUEUE, *COMMON, func.count(), func.min(Response.day))
        .select_from(first)
        .join(Response, and_(Response.place_id == first.c.place_id, Response.id == first.c.response_id))
        .group_by(*QUEUE, *COMMON)
        .order_by(Response.place_id)
    )
    counts: dict[Queue, dict[Common, WaitingCount]] = {}
    for place_id, employee_id, version_id, *common, n, since in db.session.execute(statement):
        queue = Queue(place_id, employee_id, version_id)
        counts.setdefault(queue, {})[Common(*common)] = WaitingCount(n, since)
    return counts

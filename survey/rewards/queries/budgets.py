"""Queries of campaigns' budgets: several purses share a budget, so that simultaneous responses do not wait
for each other.

Points are committed from a purse that has enough. Only when none has, all purses are locked and what they
have left is redistributed: so the budget pays for every response that it suffices for. These statements use
the driver's own cursor, as submitting a response does (answering/queries/storing.py).
"""

import random
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from survey.db import driver_statement
from survey.rewards.models.campaigns import PURSES, Purse

_TAKE = """
UPDATE purse SET committed = committed + ? WHERE campaign_id = ? AND number = ? AND committed + ? <= allotted
AND NOT (SELECT paused FROM campaign WHERE id = ?)"""
_LOOK = "SELECT number, allotted - committed FROM purse WHERE campaign_id = ? ORDER BY number"
_SHARE = "UPDATE purse SET allotted = committed + ? WHERE campaign_id = ? AND number = ?"

FREE_PURSE = f"""SELECT number FROM purse
  WHERE campaign_id = %(campaign)s AND committed + %(points)s <= allotted
    AND NOT (SELECT paused FROM campaign WHERE id = %(campaign)s)
  ORDER BY (number + %(turn)s) %% {PURSES} LIMIT 1 FOR UPDATE SKIP LOCKED"""  # noqa: S608 - our own number
"""The part of a PostgreSQL statement that locks a purse which has enough and which nobody else has locked."""


def random_purse() -> int:
    """Return the number of the purse to begin with."""
    return random.randrange(PURSES)  # noqa: S311 - spreads the work, keeps no secret


def take(cursor: Any, campaign_id: int, points: int, is_server: bool) -> bool:
    """Commit ``points`` of the budget; False, and nothing is committed, when fewer are left or the campaign
    is paused."""
    if is_server:
        number = _lock_free_purse(cursor, campaign_id, points)
        if (
            number is not None
        ):  # it has locked a purse and must not wait for another: only a pause refuses now
            return _take_from(cursor, campaign_id, number, points, is_server)
    elif _take_from(cursor, campaign_id, random_purse(), points, is_server):
        return True
    number = random_purse()
    cursor.execute(driver_statement(_LOOK + (" FOR UPDATE" if is_server else ""), is_server), (campaign_id,))
    left = dict(cursor.fetchall())
    if sum(left.values()) < points:
        return False
    _share_out(cursor, campaign_id, left, number, points, is_server)
    return _take_from(cursor, campaign_id, number, points, is_server)


def _lock_free_purse(cursor: Any, campaign_id: int, points: int) -> int | None:
    """Lock a purse that has enough and that nobody else has locked; None, and nothing is locked, without one.

    A transaction that keeps one purse locked while it waits for all of them can deadlock. The savepoint
    releases purses that PostgreSQL locked and then found emptied, which it would keep locked otherwise.
    """
    cursor.execute("SAVEPOINT free")
    cursor.execute(FREE_PURSE, {"campaign": campaign_id, "points": points, "turn": random_purse()})
    row = cursor.fetchone()
    if row is None:
        cursor.execute("ROLLBACK TO SAVEPOINT free")
    return int(row[0]) if row else None


def _take_from(cursor: Any, campaign_id: int, number: int, points: int, is_server: bool) -> bool:
    """Commit ``points`` in this purse; False when it has too few left or the campaign is paused."""
    cursor.execute(driver_statement(_TAKE, is_server), (points, campaign_id, number, points, campaign_id))
    return bool(cursor.rowcount)


def _share_out(
    cursor: Any, campaign_id: int, left: dict[int, int], number: int, points: int, is_server: bool
) -> None:
    """Divide what is left evenly; if an even part is less than ``points``, all goes to the purse
    ``number``."""
    total = sum(left.values())
    each = total // len(left) if total // len(left) >= points else 0
    for purse in left:
        part = total - each * (len(left) - 1) if purse == number else each
        cursor.execute(driver_statement(_SHARE, is_server), (part, campaign_id, purse))


def fill(session: Session, campaign_id: int, budget: int) -> int:
    """Divide a new or changed ``budget`` among the purses and return how many points are left. Below 0 more
    is committed than the budget has, and nothing was changed."""
    purses = list(
        session.scalars(
            select(Purse).filter_by(campaign_id=campaign_id).order_by(Purse.number).with_for_update(),
            execution_options={"populate_existing": True},
        )
    )
    left = budget - sum(purse.committed for purse in purses)
    if left < 0:
        return left
    each, rest = divmod(left, PURSES)
    if not purses:
        rows = [
            {"campaign_id": campaign_id, "number": number, "allotted": each + (rest if not number else 0)}
            for number in range(PURSES)
        ]
        session.execute(insert(Purse), rows)
    for purse in purses:
        purse.allotted = purse.committed + each + (rest if not purse.number else 0)
    return left


def give_back(session: Session, campaign_id: int, points: int) -> None:
    """Return committed points to the budget. A purse may commit fewer than 0 points: only the sum over all
    purses has a meaning."""
    session.execute(
        update(Purse)
        .where(Purse.campaign_id == campaign_id, Purse.number == random_purse())
        .values(committed=Purse.committed - points)
        .execution_options(synchronize_session=False)
    )


def committed(session: Session, campaign_id: int) -> int:
    """Return the committed points of all purses."""
    return int(session.scalar(select(func.sum(Purse.committed)).filter_by(campaign_id=campaign_id)) or 0)

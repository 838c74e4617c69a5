"""A campaign's budget lies in several purses, so that those who hand in at once do not wait for each other.

What is committed is taken from one purse that has enough. Only where none has, all are looked at together and
what they have is shared out anew: so a budget is paid out to the last response that it is enough for.
Here speaks the driver's own cursor, as handing in does (answering/queries.py).
"""

import random
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from survey.db import marked
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
"""For a statement of PostgreSQL's: a purse that has enough and that nobody is at, locked."""


def random_purse() -> int:
    """At which purse to begin."""
    return random.randrange(PURSES)  # noqa: S311 - spreads the work, keeps no secret


def take(cursor: Any, campaign_id: int, points: int, is_server: bool) -> bool:
    """Commits ``points``; False, and nothing, when the budget has fewer left or the campaign is paused."""
    if is_server:
        number = _lock_free_purse(cursor, campaign_id, points)
        if number is not None:  # whoever holds a purse waits for no other: just a pause refuses it now
            return _take_from(cursor, campaign_id, number, points, is_server)
    elif _take_from(cursor, campaign_id, random_purse(), points, is_server):
        return True
    number = random_purse()
    cursor.execute(marked(_LOOK + (" FOR UPDATE" if is_server else ""), is_server), (campaign_id,))
    left = dict(cursor.fetchall())
    if sum(left.values()) < points:
        return False
    _share_out(cursor, campaign_id, left, number, points, is_server)
    return _take_from(cursor, campaign_id, number, points, is_server)


def _lock_free_purse(cursor: Any, campaign_id: int, points: int) -> int | None:
    """A purse that has enough and that nobody is at, locked; None, and nothing is locked, when there is none.

    Whoever waits for one purse and then for all of them would wait for somebody who waits for her. So are
    let go those that PostgreSQL locked and then found emptied meanwhile, which it keeps locked otherwise.
    """
    cursor.execute("SAVEPOINT free")
    cursor.execute(FREE_PURSE, {"campaign": campaign_id, "points": points, "turn": random_purse()})
    row = cursor.fetchone()
    if row is None:
        cursor.execute("ROLLBACK TO SAVEPOINT free")
    return int(row[0]) if row else None


def _take_from(cursor: Any, campaign_id: int, number: int, points: int, is_server: bool) -> bool:
    cursor.execute(marked(_TAKE, is_server), (points, campaign_id, number, points, campaign_id))
    return bool(cursor.rowcount)


def _share_out(
    cursor: Any, campaign_id: int, left: dict[int, int], number: int, points: int, is_server: bool
) -> None:
    """Evenly; where that would be too little for ``points``, all of it to the purse that they come from."""
    total = sum(left.values())
    each = total // len(left) if total // len(left) >= points else 0
    for purse in left:
        part = total - each * (len(left) - 1) if purse == number else each
        cursor.execute(marked(_SHARE, is_server), (part, campaign_id, purse))


def fill(session: Session, campaign_id: int, budget: int) -> int:
    """Shares out a ``budget``, the first or another one; returns how much of it is left. Where that is below
    0 nothing was done, for more is committed."""
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
    """Points that were promised or taken can be promised again. A purse may have fewer than none committed:
    only their sum means something."""
    session.execute(
        update(Purse)
        .where(Purse.campaign_id == campaign_id, Purse.number == random_purse())
        .values(committed=Purse.committed - points)
        .execution_options(synchronize_session=False)
    )


def committed(session: Session, campaign_id: int) -> int:
    return int(session.scalar(select(func.sum(Purse.committed)).filter_by(campaign_id=campaign_id)) or 0)

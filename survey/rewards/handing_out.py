"""The use cases of a counter: what a code is for, handing it out, and undoing that."""

import uuid
from datetime import date, datetime

from survey.places.models import Place
from survey.refusal import Refused
from survey.transaction import transaction

from . import codes
from .models.redemptions import Redemption
from .queries import books
from .queries import redemptions as queries
from .reservation import settle, unsettle
from .rules import handing


def look_up(code: str, at: Place, today: date) -> Redemption:
    """What the code that somebody shows at the service point ``at`` is for. Raises Refused: unknown, used,
    cancelled, too late, or of another place. The same is asked of the database whatever the answer is, so
    that the time it takes does not tell which."""
    return _checked(_found(code), at, today)


def hand_out(code: str, at: Place, staff_id: int, today: date, now: datetime) -> Redemption:
    """Spends the code: its points are redeemed. A repeat by the same person, as when the reply was lost,
    changes nothing. Raises Refused as look_up() does."""
    found = _found(code)
    if found is not None and _is_repeat(found, at, staff_id, now):
        return found
    customer_id = _checked(found, at, today).customer_id
    with transaction() as session:
        books.lock(session, customer_id)
        one = _found(code)
        if one is not None and _is_repeat(one, at, staff_id, now):
            return one
        one = _checked(one, at, today)
        settle(session, one, today)
        one.state, one.fulfilled_at = "fulfilled", now
        one.fulfilled_by, one.fulfilled_place_id = staff_id, at.id
    return one


def undo(redemption_id: uuid.UUID, staff_id: int, today: date, now: datetime) -> Redemption:
    """It was not handed out after all: its points are held again, and the code is good again. A repeat
    changes nothing. Raises Refused when somebody else handed it out, or too long ago."""
    found = queries.redemption(redemption_id)
    if found is None:
        raise Refused(handing.NOTHING)
    with transaction() as session:
        owner = books.lock(session, found.customer_id)
        one = queries.fresh(session, redemption_id)
        if one is None or owner is None or owner.erased_on is not None:
            raise Refused(handing.NOTHING)
        if one.state != "fulfilled" or one.fulfilled_at is None:
            return one
        handing.check_undo(one.fulfilled_by, one.fulfilled_at, staff_id, now)
        unsettle(session, one, today)
        one.state, one.fulfilled_at = "reserved", None
        one.fulfilled_by = one.fulfilled_place_id = None
    return one


def _found(code: str) -> Redemption | None:
    return queries.by_blind(codes.index_of(codes.typed(code)))


def _checked(one: Redemption | None, at: Place, today: date) -> Redemption:
    if one is None:
        raise Refused(handing.UNKNOWN)
    handing.check(one.state, one.expires_on, today)
    there = one.place or one.reward.place
    if there is not None and not there.contains(at):
        raise handing.Elsewhere(there.name, there.name_en)
    return one


def _is_repeat(one: Redemption, at: Place, staff_id: int, now: datetime) -> bool:
    return (
        one.fulfilled_at is not None
        and (one.fulfilled_by, one.fulfilled_place_id) == (staff_id, at.id)
        and now - one.fulfilled_at <= handing.UNDO
    )

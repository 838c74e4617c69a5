"""The use cases of a counter: look up a code, hand its reward out, and undo that."""

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


def look_up(code: str, place: Place, today: date) -> Redemption:
    """Return the redemption of a code that is shown at the service point ``place``. Raises Refused when it is
    unknown, used, cancelled, expired, or handed out elsewhere. The same query runs for every code, so that
    its duration does not reveal whether a code exists."""
    return _check(_redemption_of(code), place, today)


def hand_out(code: str, place: Place, staff_id: int, today: date, now: datetime) -> Redemption:
    """Spend the code: its points are redeemed. Idempotent for the same user, whose reply may have been lost.
    Raises Refused as look_up() does."""
    shown = _redemption_of(code)
    if shown is not None and _is_repeat(shown, place, staff_id, now):
        return shown
    customer_id = _check(shown, place, today).customer_id
    with transaction() as session:
        books.lock(session, customer_id)
        redemption = _redemption_of(code)
        if redemption is not None and _is_repeat(redemption, place, staff_id, now):
            return redemption
        redemption = _check(redemption, place, today)
        settle(session, redemption, today)
        redemption.state, redemption.fulfilled_at = "fulfilled", now
        redemption.fulfilled_by, redemption.fulfilled_place_id = staff_id, place.id
    return redemption


def undo(redemption_id: uuid.UUID, staff_id: int, today: date, now: datetime) -> Redemption:
    """Undo handing out: the points are held again, and the code is valid again. Idempotent. Raises Refused
    when somebody else handed it out, or too long ago."""
    shown = queries.redemption(redemption_id)
    if shown is None:
        raise Refused(handing.NOTHING)
    with transaction() as session:
        owner = books.lock(session, shown.customer_id)
        redemption = queries.reload(session, redemption_id)
        if redemption is None or owner is None or owner.erased_on is not None:
            raise Refused(handing.NOTHING)
        if redemption.state != "fulfilled" or redemption.fulfilled_at is None:
            return redemption
        handing.check_undo(redemption.fulfilled_by, redemption.fulfilled_at, staff_id, now)
        unsettle(session, redemption, today)
        redemption.state, redemption.fulfilled_at = "reserved", None
        redemption.fulfilled_by = redemption.fulfilled_place_id = None
    return redemption


def _redemption_of(code: str) -> Redemption | None:
    return queries.by_blind(codes.index_of(codes.normalise(code)))


def _check(redemption: Redemption | None, place: Place, today: date) -> Redemption:
    """Return the redemption. Raises Refused unless it can be handed out at ``place`` today."""
    if redemption is None:
        raise Refused(handing.UNKNOWN)
    handing.check(redemption.state, redemption.expires_on, today)
    counter = redemption.place or redemption.reward.place
    if counter is not None and not counter.contains(place):
        raise handing.HandedOutElsewhere(counter.name, counter.name_en)
    return redemption


def _is_repeat(redemption: Redemption, place: Place, staff_id: int, now: datetime) -> bool:
    """Return whether the same user handed the redemption out here within the last UNDO."""
    return (
        redemption.fulfilled_at is not None
        and (redemption.fulfilled_by, redemption.fulfilled_place_id) == (staff_id, place.id)
        and now - redemption.fulfilled_at <= handing.UNDO
    )

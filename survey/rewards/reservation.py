"""What is held for a redemption, points and thing together. No use cases: those call it inside the one
transaction of theirs, after they have locked the customer."""

from collections.abc import Sequence
from datetime import date

from survey.refusal import N_, Refused
from survey.transaction import Session

from . import codes, ledger
from .models.books import Transfer
from .models.redemptions import Redemption
from .queries import books
from .queries import redemptions as queries
from .rules.posting import Lot, first_in_first_out, moved, reversal, settled

GONE = N_("The last one has just been redeemed. No points were used.")


def hold(session: Session, one: Redemption, lots: Sequence[Lot], day: date) -> None:
    """Takes one of the reward, gives the redemption a code and adds it, and holds its price out of the
    customer's ``lots``, those first that expire first. Raises Refused when nothing is left."""
    if one.reward.kind == "uploaded":
        _take_uploaded(session, one)
    else:
        _take(session, one)
    used = first_in_first_out(lots, one.price)
    ledger.post(session, "hold", one.id.hex, day, moved(used, one.customer_id, "wallet", "held"))


def settle(session: Session, one: Redemption, day: date) -> None:
    """The points that are held are redeemed, once."""
    held = [
        Lot(key.campaign_id, key.expires_on, points)
        for key, points in books.entries(session, _held(one).id).items()
        if key.kind == "held" and key.expires_on is not None
    ]
    ledger.post(session, "redeem", _source(one), day, settled(held, one.customer_id, "held", "redeemed"))


def unsettle(session: Session, one: Redemption, day: date) -> None:
    """The points that were redeemed are held again; they can be redeemed once more."""
    redeemed = books.transfer("redeem", _source(one))
    if redeemed is None:
        raise LookupError(f"no points were redeemed for {one.id}")
    ledger.reverse(session, redeemed.id, "undo", day)
    one.undone += 1


def release(session: Session, one: Redemption, state: str, day: date) -> None:
    """Gives the points and the thing back, once, and ends the redemption as ``state``. The points keep the
    day on which they expire."""
    held = _held(one)
    queries.give_one_back(session, one)
    entries = reversal(books.entries(session, held.id))
    ledger.post(session, "release", one.id.hex, day, entries, held.id)
    one.state = state


def release_all(session: Session, customer_id: int, day: date) -> None:
    """Cancels all that a customer has reserved: for whoever erases her."""
    for one in queries.reserved_by(session, customer_id):
        release(session, one, "cancelled", day)


def _take(session: Session, one: Redemption) -> None:
    gift = one.reward.kind == "gift"
    if gift and one.place_id is None:
        raise Refused(N_("Choose where to collect it."))
    if not queries.take_one(session, one.reward, one.place_id):
        raise Refused(
            N_(
                "The last one at this service point has just been redeemed. Please choose "
                "another service point."
            )
            if gift
            else GONE
        )
    code = codes.fresh()
    one.blind, one.sealed = codes.index_of(code), codes.sealed(code)
    session.add(one)


def _take_uploaded(session: Session, one: Redemption) -> None:
    coupon = queries.next_code(session, one.reward.id)
    if coupon is None:
        raise Refused(GONE)
    one.blind, one.sealed = coupon.blind, coupon.sealed
    session.add(one)
    session.flush()  # the coupon refers to it
    coupon.redemption_id = one.id


def _held(one: Redemption) -> Transfer:
    found = books.transfer("hold", one.id.hex)
    if found is None:
        raise LookupError(f"nothing is held for redemption {one.id}")
    return found


def _source(one: Redemption) -> str:
    """A redemption is redeemed once more after each time that was undone."""
    return f"{one.id.hex}:{one.undone}" if one.undone else one.id.hex

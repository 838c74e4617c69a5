"""Holding the points and the item of a redemption together. These are not use cases: use cases call them
inside their transaction, after they have locked the customer."""

from collections.abc import Sequence
from datetime import date

from survey.refusal import N_, Refused
from survey.transaction import Session

from . import codes, ledger
from .models.books import Transfer
from .models.redemptions import Redemption
from .queries import books
from .queries import redemptions as queries
from .rules.posting import Lot, first_in_first_out, move_entries, reversal, settlement_entries

GONE = N_("The last one has just been redeemed. No points were used.")


def hold(session: Session, redemption: Redemption, lots: Sequence[Lot], day: date) -> None:
    """Take an item of the reward, add the redemption with a code, and hold its price out of the customer's
    ``lots``, those that expire first before others. Raises Refused when none is left."""
    if redemption.reward.kind == "uploaded":
        _take_uploaded(session, redemption)
    else:
        _take(session, redemption)
    used = first_in_first_out(lots, redemption.price)
    ledger.post(
        session, "hold", redemption.id.hex, day, move_entries(used, redemption.customer_id, "wallet", "held")
    )


def settle(session: Session, redemption: Redemption, day: date) -> None:
    """Redeem the held points; idempotent."""
    held = [
        Lot(key.campaign_id, key.expires_on, points)
        for key, points in books.entries(session, _held(redemption).id).items()
        if key.kind == "held" and key.expires_on is not None
    ]
    ledger.post(
        session,
        "redeem",
        _source(redemption),
        day,
        settlement_entries(held, redemption.customer_id, "held", "redeemed"),
    )


def unsettle(session: Session, redemption: Redemption, day: date) -> None:
    """Hold the redeemed points again; they can be redeemed once more."""
    transfer = books.transfer("redeem", _source(redemption))
    if transfer is None:
        raise LookupError(f"no points were redeemed for {redemption.id}")
    ledger.reverse(session, transfer.id, "undo", day)
    redemption.undone += 1


def release(session: Session, redemption: Redemption, state: str, day: date) -> None:
    """Return the points and the item once and end the redemption as ``state``. The points keep their day of
    expiry."""
    held = _held(redemption)
    queries.return_item(session, redemption)
    entries = reversal(books.entries(session, held.id))
    ledger.post(session, "release", redemption.id.hex, day, entries, held.id)
    redemption.state = state


def release_all(session: Session, customer_id: int, day: date) -> None:
    """Cancel all reservations of a customer who is being erased."""
    for redemption in queries.reserved_by(session, customer_id):
        release(session, redemption, "cancelled", day)


def _take(session: Session, redemption: Redemption) -> None:
    """Take an item and add the redemption with a new code. Raises Refused when none is left."""
    is_gift = redemption.reward.kind == "gift"
    if is_gift and redemption.place_id is None:
        raise Refused(N_("Choose where to collect it."))
    if not queries.take_item(session, redemption.reward, redemption.place_id):
        raise Refused(
            N_(
                "The last one at this service point has just been redeemed. Please choose "
                "another service point."
            )
            if is_gift
            else GONE
        )
    code = codes.generate()
    redemption.blind, redemption.sealed = codes.index_of(code), codes.seal_code(code)
    session.add(redemption)


def _take_uploaded(session: Session, redemption: Redemption) -> None:
    """Add the redemption with the next uploaded code. Raises Refused when none is left."""
    coupon = queries.next_code(session, redemption.reward.id)
    if coupon is None:
        raise Refused(GONE)
    redemption.blind, redemption.sealed = coupon.blind, coupon.sealed
    session.add(redemption)
    session.flush()  # the coupon's foreign key needs the redemption's row
    coupon.redemption_id = redemption.id


def _held(redemption: Redemption) -> Transfer:
    """Return the transfer that held the redemption's points."""
    transfer = books.transfer("hold", redemption.id.hex)
    if transfer is None:
        raise LookupError(f"nothing is held for redemption {redemption.id}")
    return transfer


def _source(redemption: Redemption) -> str:
    """Return the source of the transfer that redeems: after each undo a redemption has a new one."""
    return f"{redemption.id.hex}:{redemption.undone}" if redemption.undone else redemption.id.hex

"""The use cases of a redemption: a customer reserves a reward, cancels it, or its time runs out."""

import uuid
from collections.abc import Sequence
from datetime import date

from survey import settings
from survey.refusal import N_, Refused
from survey.transaction import Session, retry_on_conflict, transaction

from .models.catalogue import Reward
from .models.redemptions import Redemption
from .queries import books, catalogue
from .queries import redemptions as queries
from .reservation import hold, release, settle
from .rules import redeeming
from .rules.posting import Lot

MOST_AT_ONCE = 100
"""The most reservations that one call of expire() ends."""


def reserve(
    redemption_id: uuid.UUID,
    customer_id: int,
    reward_id: int,
    price: int,
    today: date,
    place_id: int | None = None,
) -> Redemption:
    """Take an item of a reward and hold its points, both or neither; an uploaded coupon belongs to the
    customer at once. ``redemption_id`` comes with the form: a repeat is idempotent and returns the same
    redemption. ``price`` is what the form showed, ``place_id`` the service point where the customer collects
    a gift.

    Raises Refused.
    """

    def reserve() -> Redemption:
        with transaction() as session:
            owner = books.lock(session, customer_id)
            if owner is None or owner.erased_on is not None:
                raise Refused(N_("This wallet has been deleted."))
            known = queries.reload(session, redemption_id)
            if known is not None:
                return _repeat(known, customer_id)
            reward = catalogue.reload(session, reward_id)
            if reward is None:
                raise Refused(redeeming.WITHDRAWN)
            lots = books.lots(session, customer_id, since=today)
            _check(session, reward, customer_id, price, lots, today)
            redemption = _new_redemption(redemption_id, customer_id, reward, place_id, today)
            hold(session, redemption, lots, today)
            if reward.kind == "uploaded":
                settle(session, redemption, today)
                redemption.state, redemption.fulfilled_at = "fulfilled", settings.now()
        return redemption

    return retry_on_conflict(reserve)


def cancel(redemption_id: uuid.UUID, customer_id: int, today: date) -> Redemption:
    """Cancel a customer's reservation: points and stock are returned. Idempotent. Raises Refused when it is
    not theirs, or was handed out already."""
    with transaction() as session:
        books.lock(session, customer_id)
        redemption = queries.reload(session, redemption_id)
        if redemption is None or redemption.customer_id != customer_id:
            raise Refused(N_("There is nothing to cancel."))
        if redemption.state == "fulfilled":
            raise Refused(N_("You have already collected this, so it cannot be cancelled."))
        if redemption.state == "reserved":
            release(session, redemption, "cancelled", today)
    return redemption


def expire() -> int:
    """End reservations whose time is over, each in a transaction of its own, and return how many were due.
    Several workers may call it at once."""
    today = settings.current().today()
    overdue = queries.overdue_reservations(today, MOST_AT_ONCE)
    for redemption_id, customer_id in overdue:
        with transaction() as session:
            books.lock(session, customer_id)
            redemption = queries.reload(session, redemption_id)
            if redemption is not None and redemption.state == "reserved" and redemption.expires_on < today:
                release(session, redemption, "expired", today)
    return len(overdue)


def _repeat(redemption: Redemption, customer_id: int) -> Redemption:
    """Return the known redemption. Raises Refused when it is another customer's."""
    if redemption.customer_id != customer_id:
        raise Refused(N_("This page belongs to another wallet. Please open the reward again."))
    return redemption


def _check(
    session: Session, reward: Reward, customer_id: int, price: int, lots: Sequence[Lot], today: date
) -> None:
    """Raise Refused with the first reason why the customer may not have the reward."""
    had = queries.count_of_customer(session, customer_id, reward.id)
    wish = redeeming.Wish(price, sum(lot.points for lot in lots), had)
    redeeming.check(catalogue.terms_of(reward), wish, today)


def _new_redemption(
    redemption_id: uuid.UUID, customer_id: int, reward: Reward, place_id: int | None, today: date
) -> Redemption:
    return Redemption(
        id=redemption_id,
        customer_id=customer_id,
        reward=reward,
        place_id=place_id if reward.kind == "gift" else None,
        price=reward.price,
        state="reserved",
        reserved_on=today,
        expires_on=redeeming.last_day(today, reward.hold_days),
    )

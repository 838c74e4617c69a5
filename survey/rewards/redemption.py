"""The use cases of a customer who redeems: she reserves a reward, cancels it, or its time runs out."""

import uuid
from collections.abc import Sequence
from datetime import date

from survey import settings
from survey.refusal import N_, Refused
from survey.transaction import Session, retried, transaction

from .models.catalogue import Reward
from .models.redemptions import Redemption
from .queries import books, catalogue
from .queries import redemptions as queries
from .reservation import hold, release, settle
from .rules import redeeming
from .rules.posting import Lot

MOST_AT_ONCE = 100
"""Reservations that one call of expire() ends."""


def reserve(
    redemption_id: uuid.UUID,
    customer_id: int,
    reward_id: int,
    price: int,
    today: date,
    place_id: int | None = None,
) -> Redemption:
    """Takes one of a reward and holds its points, both or neither; an uploaded coupon is the customer's at
    once. ``redemption_id`` comes with the form: a repeat changes nothing and returns the same. ``price`` is
    what the form said, ``place_id`` the service point where she wants to fetch a gift.

    Raises Refused.
    """

    def reserve() -> Redemption:
        with transaction() as session:
            owner = books.lock(session, customer_id)
            if owner is None or owner.erased_on is not None:
                raise Refused(N_("This wallet has been deleted."))
            known = queries.fresh(session, redemption_id)
            if known is not None:
                return _again(known, customer_id)
            reward = catalogue.fresh(session, reward_id)
            if reward is None:
                raise Refused(redeeming.WITHDRAWN)
            lots = books.lots(session, customer_id, since=today)
            _check(session, reward, customer_id, price, lots, today)
            one = _wanted(redemption_id, customer_id, reward, place_id, today)
            hold(session, one, lots, today)
            if reward.kind == "uploaded":
                settle(session, one, today)
                one.state, one.fulfilled_at = "fulfilled", settings.now()
        return one

    return retried(reserve)


def cancel(redemption_id: uuid.UUID, customer_id: int, today: date) -> Redemption:
    """The customer does not want what she reserved: points and stock are given back. A repeat changes
    nothing. Raises Refused when it is not hers, or was handed out already."""
    with transaction() as session:
        books.lock(session, customer_id)
        one = queries.fresh(session, redemption_id)
        if one is None or one.customer_id != customer_id:
            raise Refused(N_("There is nothing to cancel."))
        if one.state == "fulfilled":
            raise Refused(N_("You have already collected this, so it cannot be cancelled."))
        if one.state == "reserved":
            release(session, one, "cancelled", today)
    return one


def expire() -> int:
    """Ends reservations whose time is over, each in a transaction of its own; returns how many it looked at.
    Several may do it at once."""
    today = settings.current().today()
    found = queries.overdue(today, MOST_AT_ONCE)
    for redemption_id, customer_id in found:
        with transaction() as session:
            books.lock(session, customer_id)
            one = queries.fresh(session, redemption_id)
            if one is not None and one.state == "reserved" and one.expires_on < today:
                release(session, one, "expired", today)
    return len(found)


def _again(known: Redemption, customer_id: int) -> Redemption:
    if known.customer_id != customer_id:
        raise Refused(N_("This page belongs to another wallet. Please open the reward again."))
    return known


def _check(
    session: Session, reward: Reward, customer_id: int, price: int, lots: Sequence[Lot], today: date
) -> None:
    had = queries.had(session, customer_id, reward.id)
    wish = redeeming.Wish(price, sum(lot.points for lot in lots), had)
    redeeming.check(catalogue.terms_of(reward), wish, today)


def _wanted(
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

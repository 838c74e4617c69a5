"""Queries that find redemptions, and take and return their stock."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Update, func, select, update
from sqlalchemy.orm import Session, joinedload

from survey.db import db, row_count
from survey.places.models import Place
from survey.rewards.models.catalogue import CouponCode, Reward, Stock
from survey.rewards.models.redemptions import Redemption

from .catalogue import open_points

COUNTED = ("reserved", "fulfilled")


def redemption(redemption_id: uuid.UUID) -> Redemption | None:
    return db.session.get(Redemption, redemption_id, options=[joinedload(Redemption.reward)])


def reload(session: Session, redemption_id: uuid.UUID) -> Redemption | None:
    """Return the redemption as the database has it now, and not as this session read it before."""
    statement = select(Redemption).options(joinedload(Redemption.reward)).filter_by(id=redemption_id)
    return session.scalar(statement.execution_options(populate_existing=True))


def by_blind(blind: bytes) -> Redemption | None:
    """Return the redemption with this code, with everything that a counter shows of it."""
    statement = (
        select(Redemption)
        .options(
            joinedload(Redemption.reward).joinedload(Reward.place),
            joinedload(Redemption.place),
        )
        .filter_by(blind=blind)
    )
    return db.session.scalar(statement.execution_options(populate_existing=True))


def of_customer(customer_id: int, most: int = 100) -> Sequence[Redemption]:
    """Return a customer's redemptions, those they can still show first, then the latest first."""
    statement = (
        select(Redemption)
        .options(
            joinedload(Redemption.reward).joinedload(Reward.place),
            joinedload(Redemption.place),
        )
        .filter_by(customer_id=customer_id)
        .order_by(Redemption.state != "reserved", Redemption.reserved_on.desc(), Redemption.id)
        .limit(most)
    )
    return db.session.scalars(statement).all()


def reserved_by(session: Session, customer_id: int) -> Sequence[Redemption]:
    """Return a customer's reservations in an order that is the same for all, so that returning their stock
    cannot deadlock."""
    statement = select(Redemption).options(joinedload(Redemption.reward))
    statement = statement.filter_by(customer_id=customer_id, state="reserved")
    order = (Redemption.reward_id, Redemption.place_id, Redemption.id)
    return session.scalars(statement.order_by(*order)).all()


def count_of_customer(session: Session, customer_id: int, reward_id: int) -> int:
    """Return how many of a reward a customer has reserved or been given."""
    statement = select(func.count()).where(
        Redemption.customer_id == customer_id,
        Redemption.reward_id == reward_id,
        Redemption.state.in_(COUNTED),
    )
    return session.scalar(statement) or 0


def overdue_reservations(today: date, most: int) -> Sequence[tuple[uuid.UUID, int]]:
    """Return (id, customer's id) of reservations whose time is over, the oldest first."""
    statement = select(Redemption.id, Redemption.customer_id).where(
        Redemption.state == "reserved", Redemption.expires_on < today
    )
    rows = db.session.execute(statement.order_by(Redemption.expires_on).limit(most))
    return [(row[0], row[1]) for row in rows]


def handed_out_by(staff_id: int, since: datetime) -> Sequence[Redemption]:
    """Return what a user handed out since a moment (UTC), the latest first."""
    statement = (
        select(Redemption)
        .options(joinedload(Redemption.reward))
        .where(Redemption.fulfilled_by == staff_id, Redemption.fulfilled_at >= since)
        .order_by(Redemption.fulfilled_at.desc())
    )
    return db.session.scalars(statement).all()


def take_item(session: Session, reward: Reward, place_id: int | None) -> bool:
    """Take an item of a reward that is limited in number, of a gift at a service point where it is handed
    out. Returns False when none is left."""
    if reward.kind == "gift":
        open_place = select(Place.id).where(Place.id == place_id, *open_points(reward.place))
        return _changes_row(
            session,
            update(Stock)
            .where(Stock.reward_id == reward.id, Stock.place_id.in_(open_place), Stock.remaining > 0)
            .values(remaining=Stock.remaining - 1),
        )
    if reward.remaining is None:
        return True
    # Another transaction may remove the limit at this moment: NULL stays NULL.
    left = Reward.remaining.is_(None) | (Reward.remaining > 0)
    return _changes_row(
        session,
        update(Reward).where(Reward.id == reward.id, left).values(remaining=Reward.remaining - 1),
    )


def return_item(session: Session, redemption: Redemption) -> None:
    """Return the item of a redemption to the stock."""
    if redemption.reward.kind == "gift":
        _changes_row(
            session,
            update(Stock)
            .where(Stock.reward_id == redemption.reward_id, Stock.place_id == redemption.place_id)
            .values(remaining=Stock.remaining + 1),
        )
    else:
        _changes_row(
            session,
            update(Reward).where(Reward.id == redemption.reward_id).values(remaining=Reward.remaining + 1),
        )


def next_code(session: Session, reward_id: int) -> CouponCode | None:
    """Return an uploaded code that is free; other transactions that want a code wait until this one ends."""
    session.execute(select(Reward.id).filter_by(id=reward_id).with_for_update(key_share=True))
    statement = select(CouponCode).filter_by(reward_id=reward_id, redemption_id=None)
    return session.scalar(statement.order_by(CouponCode.id).limit(1))


def _changes_row(session: Session, statement: Update) -> bool:
    """Run the statement and return whether it changed a row."""
    outcome = session.execute(statement.execution_options(synchronize_session=False))
    return bool(row_count(cast(CursorResult[Any], outcome)))

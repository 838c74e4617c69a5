"""Queries of the contents and the history of a customer's wallet."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, case, delete, func, select, update
from sqlalchemy.orm import Session, aliased, joinedload

from survey.db import db
from survey.rewards.models.books import Account, Entry, Transfer
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.catalogue import Reward
from survey.rewards.models.redemptions import Redemption
from survey.rewards.models.reviews import DeviceDay, Review


def points_by_last_day(customer_id: int, today: date) -> list[tuple[date, int]]:
    """Return the points that can be spent, by their last day."""
    statement = (
        select(Account.expires_on, func.sum(Account.balance))
        .where(
            Account.customer_id == customer_id,
            Account.kind == "wallet",
            Account.balance > 0,
            Account.expires_on >= today,
        )
        .group_by(Account.expires_on)
        .order_by(Account.expires_on)
    )
    return [(day, int(points)) for day, points in db.session.execute(statement) if day is not None]


def held_points(customer_id: int) -> int:
    """Return the points held for reservations."""
    statement = select(func.sum(Account.balance))
    statement = statement.where(Account.customer_id == customer_id, Account.kind == "held")
    return int(db.session.scalar(statement) or 0)


def waiting_points(customer_id: int) -> list[tuple[date, int]]:
    """Return the points under review, by the day on which they vest."""
    statement = (
        select(Review.vests_on, func.sum(Review.points))
        .where(Review.customer_id == customer_id, Review.state == "pending")
        .group_by(Review.vests_on)
        .order_by(Review.vests_on)
    )
    return [(day, int(points)) for day, points in db.session.execute(statement) if day is not None]


def redemptions(customer_id: int) -> Sequence[Redemption]:
    """Return all redemptions of a customer, the latest first."""
    statement = select(Redemption).options(joinedload(Redemption.reward)).filter_by(customer_id=customer_id)
    return db.session.scalars(statement.order_by(Redemption.reserved_on.desc(), Redemption.id)).all()


def movements(customer_id: int, offset: int, most: int | None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the transfers of a customer's points, the latest first, with what each added to their wallet and
    to their pending points. ``first`` and ``last`` are campaigns; the ``source`` of an undone redemption is
    the redemption's and not that of the reversed transfer."""
    reversed_transfer = aliased(Transfer)
    source = func.coalesce(reversed_transfer.source, Transfer.source).label("source")

    def added(kind: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return func.sum(case((Account.kind == kind, Entry.amount), else_=0)).label(kind)

    statement = (
        select(
            Transfer.reason,
            source,
            Transfer.day,
            func.min(Account.campaign_id).label("first"),
            func.max(Account.campaign_id).label("last"),
            added("wallet"),
            added("pending"),
        )
        .join(Entry, Entry.transfer_id == Transfer.id)
        .join(Account, Account.id == Entry.account_id)
        .outerjoin(
            reversed_transfer, (reversed_transfer.id == Transfer.reverses_id) & (Transfer.reason == "undo")
        )
        .where(Account.customer_id == customer_id)
        .group_by(Transfer.id, Transfer.reason, source, Transfer.day)
        .order_by(Transfer.id.desc())
        .offset(offset)
        .limit(most)
    )
    return db.session.execute(statement).all()


def campaign_titles(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return the titles of campaigns by id."""
    rows = db.session.execute(select(Campaign.id, Campaign.title).where(Campaign.id.in_(list(ids))))
    return {row.id: row.title for row in rows}


def reward_titles(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, str]]:
    """Return the titles of rewards by redemption."""
    statement = select(Redemption.id, Reward.title).join(Reward, Reward.id == Redemption.reward_id)
    rows = db.session.execute(statement.where(Redemption.id.in_(list(ids))))
    return {row.id: row.title for row in rows}


def devices(customer_id: int) -> list[DeviceDay]:
    """Return the days on which a customer's devices took points."""
    statement = select(DeviceDay).filter_by(customer_id=customer_id).order_by(DeviceDay.day)
    return list(db.session.scalars(statement))


def close_reviews(session: Session, customer_id: int, today: date) -> None:
    """Close the pending reviews of an erased customer as "erased"."""
    statement = update(Review).filter_by(customer_id=customer_id, state="pending")
    session.execute(statement.values(state="erased", decided_on=today))


def forget_devices(session: Session, customer_id: int) -> None:
    """Remove the days of devices that took points into the customer's wallet."""
    session.execute(delete(DeviceDay).where(DeviceDay.customer_id == customer_id))

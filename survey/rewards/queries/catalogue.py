"""Queries that find rewards and count how many of each are left."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from survey.db import db, upsert
from survey.places.models import Place
from survey.places.queries import in_part
from survey.rewards.models.catalogue import CouponCode, Picture, Reward, Stock
from survey.rewards.models.redemptions import Redemption
from survey.rewards.rules.redeeming import RedemptionTerms

PER_STATEMENT = 5000


def reward(reward_id: int) -> Reward | None:
    return db.session.get(Reward, reward_id, options=[joinedload(Reward.place)])


def reload(session: Session, reward_id: int) -> Reward | None:
    """Return the reward as the database has it now, and not as this session read it before."""
    return session.get(Reward, reward_id, populate_existing=True)


def lock_reward(session: Session, reward_id: int) -> Reward:
    """Return the reward, locked against changes and redemptions; waits for those under way."""
    statement = select(Reward).filter_by(id=reward_id).with_for_update(key_share=True)
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def terms_of(reward: Reward) -> RedemptionTerms:
    return RedemptionTerms(
        price=reward.price,
        starts_on=reward.starts_on,
        ends_on=reward.ends_on,
        per_wallet=reward.per_wallet,
        withdrawn=reward.withdrawn_on is not None,
    )


def rewards() -> Sequence[Reward]:
    """Return all rewards, those not withdrawn first, then the latest first."""
    statement = select(Reward).options(joinedload(Reward.place))
    order = (Reward.withdrawn_on.is_not(None), Reward.starts_on.desc(), Reward.id.desc())
    return db.session.scalars(statement.order_by(*order)).all()


def rewards_on_offer(today: date) -> Sequence[Reward]:
    """Return the rewards that are neither withdrawn nor outside their dates."""
    statement = (
        select(Reward)
        .options(joinedload(Reward.place))
        .where(
            Reward.withdrawn_on.is_(None),
            Reward.starts_on <= today,
            Reward.ends_on.is_(None) | (Reward.ends_on >= today),
        )
    )
    return db.session.scalars(statement).all()


def count_left(rewards: Iterable[Reward]) -> dict[int, int | None]:
    """Return how many of each reward can still be promised, by its id; None: any number."""
    numbers = {item.id: item.remaining if item.kind in ("generated", "discount") else 0 for item in rewards}
    free_codes = select(CouponCode.reward_id, func.count()).where(CouponCode.redemption_id.is_(None))
    top = aliased(Place)
    stock = (
        select(Stock.reward_id, func.sum(Stock.remaining))
        .join(Place, Place.id == Stock.place_id)
        .join(Reward, Reward.id == Stock.reward_id)
        .outerjoin(top, top.id == Reward.place_id)
        .where(Place.retired_on.is_(None), top.id.is_(None) | in_part(top.path))
    )
    for statement, column in ((free_codes, CouponCode.reward_id), (stock, Stock.reward_id)):
        counted = db.session.execute(statement.where(column.in_(numbers)).group_by(column))
        numbers.update((reward_id, int(number)) for reward_id, number in counted)
    return numbers


def count_redemptions() -> dict[tuple[int, str], int]:
    """Return the number of redemptions by reward and state."""
    columns = (Redemption.reward_id, Redemption.state)
    rows = db.session.execute(select(*columns, func.count()).group_by(*columns))
    return {(reward_id, state): number for reward_id, state, number in rows}


def open_points(top: Place | None) -> list[ColumnElement[bool]]:
    """Return the conditions for a service point that hands out gifts: it is active and within ``top``."""
    return [Place.retired_on.is_(None), *([in_part(top.path)] if top is not None else [])]


def points_with_stock(reward: Reward) -> list[Place]:
    """Return the service points that hand out a gift and have some left, by name."""
    statement = select(Place).join(Stock, Stock.place_id == Place.id)
    statement = statement.where(Stock.reward_id == reward.id, Stock.remaining > 0, *open_points(reward.place))
    return list(db.session.scalars(statement.order_by(Place.name, Place.id)))


def stock(reward_id: int) -> dict[int, int]:
    """Return how many of a gift are left, by service point."""
    rows = db.session.execute(select(Stock.place_id, Stock.remaining).filter_by(reward_id=reward_id))
    return {row[0]: row[1] for row in rows}


def set_stock(session: Session, reward_id: int, remaining: dict[int, int]) -> None:
    """Set how many of a gift are left, by service point; ``stocked`` changes by the same difference."""
    rows = [
        {"reward_id": reward_id, "place_id": place_id, "remaining": number, "stocked": number}
        for place_id, number in sorted(remaining.items())
    ]
    if rows:
        session.execute(upsert(Stock, ("reward_id", "place_id"), _restock_values), rows)


def _restock_values(new: Any) -> dict[str, object]:
    """Return the columns that change in an existing stock when ``new`` says how many remain."""
    return {"remaining": new.remaining, "stocked": Stock.stocked + new.remaining - Stock.remaining}


def lock_stock(session: Session, reward_id: int, place_id: int) -> Stock:
    """Return the stock of a service point, locked until the transaction ends; adds one when it is missing.
    The caller must have locked the reward."""
    statement = select(Stock).filter_by(reward_id=reward_id, place_id=place_id).with_for_update()
    place_stock = session.scalar(statement.execution_options(populate_existing=True))
    if place_stock is None:
        place_stock = Stock(reward_id=reward_id, place_id=place_id, remaining=0, stocked=0)
        session.add(place_stock)
    return place_stock


def known_codes(reward_id: int, blinds: Sequence[bytes]) -> set[bytes]:
    """Return those of the blind indexes that codes of the reward already have."""
    known: set[bytes] = set()
    for start in range(0, len(blinds), PER_STATEMENT):
        in_batch = CouponCode.blind.in_(blinds[start : start + PER_STATEMENT])
        statement = select(CouponCode.blind).where(CouponCode.reward_id == reward_id, in_batch)
        known.update(db.session.scalars(statement))
    return known


def add_codes(session: Session, reward_id: int, codes: Sequence[tuple[bytes, bytes]]) -> None:
    """Add ``codes``, (blind, sealed) pairs, in their order."""
    rows = [{"reward_id": reward_id, "blind": blind, "sealed": sealed} for blind, sealed in codes]
    if rows:
        session.execute(insert(CouponCode), rows)


def picture(digest: str) -> Picture | None:
    return db.session.get(Picture, digest)


def keep_picture(session: Session, digest: str, media_type: str, content: bytes) -> None:
    """Store a picture; storing it again is idempotent."""
    values = {"digest": digest, "media_type": media_type, "content": content}
    session.execute(upsert(Picture).values(**values))


def stock_by_point(
    reward_id: int, words: str, offset: int, limit: int
) -> tuple[list[tuple[Place, int]], int]:
    """Return a page of the service points that hand out a reward, with how many each has left, those with a
    stock first, and the total number of service points. ``words`` limits both to service points whose code or
    name contains them."""
    reward = db.session.get_one(Reward, reward_id)
    remaining = func.coalesce(Stock.remaining, 0)
    statement = (
        select(Place, remaining)
        .outerjoin(Stock, (Stock.place_id == Place.id) & (Stock.reward_id == reward_id))
        .where(Place.kind == "point", Place.retired_on.is_(None) | (remaining > 0))
    )
    if reward.place is not None:
        statement = statement.where(in_part(reward.place.path))
    if words:
        texts = (Place.code, Place.name, Place.name_en)
        statement = statement.where(or_(*(column.icontains(words, autoescape=True) for column in texts)))
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    rows = db.session.execute(
        statement.order_by(Stock.place_id.is_(None), Place.code).offset(offset).limit(limit)
    )
    return [(row[0], row[1]) for row in rows], total


def count_redemptions_by_place(reward_id: int) -> dict[tuple[int, str], int]:
    """Return the number of redemptions of a gift by service point and state."""
    columns = (Redemption.place_id, Redemption.state)
    statement = select(*columns, func.count()).where(
        Redemption.reward_id == reward_id, Redemption.place_id.is_not(None)
    )
    rows = db.session.execute(statement.group_by(*columns))
    return {(place_id, state): number for place_id, state, number in rows if place_id is not None}

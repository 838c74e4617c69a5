"""A small history of points in two campaigns, posted day by day as the use cases post it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from survey.rewards import ledger
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.catalogue import Reward
from survey.rewards.models.redemptions import Redemption
from survey.rewards.queries import books
from survey.rewards.rules.posting import first_in_first_out, move_entries, settlement_entries
from survey.rewards.taking import take
from survey.transaction import transaction
from tests import factories

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def reserve(owner_id: int, points: int, day: date) -> uuid.UUID:
    """Hold points for a coupon and return the redemption's id."""
    key = uuid.uuid4()
    with transaction() as session:
        texts = {"zh": "咖啡券", "en": "Coffee"}
        reward = Reward(kind="generated", title=texts, description=texts, price=points, starts_on=day)
        session.add(reward)
        session.flush()
        lots = first_in_first_out(books.lots(session, owner_id), points)
        ledger.post(session, "hold", key.hex, day, move_entries(lots, owner_id, "wallet", "held"))
        session.add(
            Redemption(
                id=key,
                blind=key.bytes * 2,
                sealed=b"sealed",
                customer_id=owner_id,
                reward_id=reward.id,
                price=points,
                reserved_on=day,
                expires_on=factories.FAR,
            )
        )
    return key


def fulfil(key: uuid.UUID, day: date) -> None:
    with transaction() as session:
        redemption = session.get_one(Redemption, key)
        lots = books.lots(session, redemption.customer_id, "held")
        ledger.post(
            session,
            "redeem",
            key.hex,
            day,
            settlement_entries(lots, redemption.customer_id, "held", "redeemed"),
        )
        redemption.state, redemption.fulfilled_at = "fulfilled", datetime.fromisoformat("2026-10-06T04:00")


def history() -> tuple[Campaign, Campaign]:
    """Return two campaigns with claims of two months: some are redeemed, one is doubtful, one is open."""
    ten, twenty = factories.campaign(10), factories.campaign(20)
    first, second = factories.customer(), factories.customer()
    for day, owner, campaign in (
        (date(2026, 9, 30), first, ten),
        (date(2026, 10, 1), first, ten),
        (date(2026, 10, 31), second, ten),
        (date(2026, 10, 31), first, twenty),
        (date(2026, 11, 1), second, twenty),
    ):
        points = 10 if campaign is ten else 20
        take(factories.claim(points, campaign), owner.id, day)
    fulfil(reserve(first.id, 15, date(2026, 10, 5)), date(2026, 10, 6))
    reserve(second.id, 10, date(2026, 11, 2))
    take(factories.claim(10, ten, doubt="flood"), second.id, date(2026, 11, 3))
    factories.claim(10, ten)
    return ten, twenty

"""Tests of what customers see of their points."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from survey.db import db
from survey.rewards import ledger, wallet
from survey.rewards.models.books import Account
from survey.rewards.models.catalogue import Reward
from survey.rewards.models.redemptions import Redemption
from survey.rewards.queries import books
from survey.rewards.rules.posting import Lot, move_entries, settlement_entries
from survey.rewards.taking import take
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY


def add_redemption(owner, title="Umbrella"):
    """Add a redemption to the tables, without its use case, and return its id."""
    with transaction() as session:
        reward = Reward(
            kind="generated",
            title={"zh": "伞", "en": title},
            description={},
            price=5,
            starts_on=TODAY,
        )
        session.add(reward)
        session.flush()
        redemption = Redemption(
            id=uuid.uuid4(),
            blind=uuid.uuid4().bytes * 2,
            sealed=b"x",
            customer_id=owner.id,
            reward_id=reward.id,
            price=5,
            reserved_on=TODAY,
            expires_on=TODAY + timedelta(days=30),
        )
        session.add(redemption)
    return redemption.id


def move(owner, reason, source, entries):
    with transaction() as session:
        books.lock(session, owner.id)
        ledger.post(session, reason, source, TODAY, entries)


def test_points_are_shown_by_their_last_day_without_expired_points(app):
    owner = factories.customer()
    take(factories.claim(20), owner.id, TODAY)
    take(factories.claim(30), owner.id, TODAY)
    take(factories.claim(7, factories.campaign(7, valid_months=1)), owner.id, TODAY)
    take(factories.claim(9), owner.id, date(2025, 1, 1))
    take(factories.claim(50), factories.customer().id, TODAY)
    contents = wallet.contents(owner.id, TODAY)
    assert contents.expiring == [(date(2026, 12, 31), 7), (date(2027, 11, 30), 50)]
    assert (contents.points, contents.held, contents.waiting) == (57, 0, [])


def test_points_under_review_and_held_points_cannot_be_spent(app):
    owner = factories.customer()
    campaign = factories.campaign(20)
    take(factories.claim(20, campaign), owner.id, TODAY)
    take(factories.claim(10, doubt="burst"), owner.id, TODAY)
    lots = [Lot(campaign.id, date(2027, 11, 30), 5)]
    move(owner, "hold", add_redemption(owner).hex, move_entries(lots, owner.id, "wallet", "held"))
    contents = wallet.contents(owner.id, TODAY)
    assert (contents.points, contents.held) == (15, 5)
    assert contents.waiting == [(TODAY + timedelta(days=14), 10)]


def test_history_shows_each_change_with_its_reason(app):
    owner = factories.customer()
    campaign = factories.campaign(20)
    take(factories.claim(20, campaign), owner.id, TODAY)
    take(factories.claim(10, doubt="burst"), owner.id, TODAY)
    redemption, lots = add_redemption(owner), [Lot(campaign.id, date(2027, 11, 30), 5)]
    move(owner, "hold", redemption.hex, move_entries(lots, owner.id, "wallet", "held"))
    move(owner, "redeem", f"{redemption.hex}:1", settlement_entries(lots, owner.id, "held", "redeemed"))
    with transaction() as session:
        ledger.reverse(session, books.transfer("redeem", f"{redemption.hex}:1").id, "undo", TODAY)
    lines = [
        (entry.reason, entry.points, entry.waits, (entry.reward or {}).get("en"), entry.campaign is not None)
        for entry in wallet.history(owner.id)
    ]
    assert lines == [
        ("undo", 0, False, "Umbrella", True),
        ("redeem", 0, False, "Umbrella", True),
        ("hold", -5, False, "Umbrella", True),
        ("claim", 10, True, None, True),
        ("claim", 20, False, None, True),
    ]
    assert all(type(entry.points) is int for entry in wallet.history(owner.id))
    assert [entry.reason for entry in wallet.history(owner.id, offset=2, most=2)] == ["hold", "claim"]
    assert len(wallet.history(owner.id, most=None)) == 5


def test_a_transfer_of_several_campaigns_is_a_line_without_a_campaign(app):
    owner = factories.customer()
    ones = [factories.campaign(points) for points in (20, 30)]
    for campaign, points in zip(ones, (20, 30), strict=True):
        take(factories.claim(points, campaign), owner.id, TODAY)
    lots = [Lot(entry.id, date(2027, 11, 30), 20) for entry in ones]
    move(owner, "hold", add_redemption(owner).hex, move_entries(lots, owner.id, "wallet", "held"))
    latest = wallet.history(owner.id)[0]
    assert (latest.points, latest.campaign) == (-40, None)


def test_an_empty_wallet_has_nothing(app):
    owner = factories.customer()
    assert wallet.contents(owner.id, TODAY) == wallet.Wallet([], [], 0)
    assert wallet.history(owner.id) == []
    assert db.session.query(Account).count() == 0

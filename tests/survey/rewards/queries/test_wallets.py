"""Tests of the queries of a wallet on both databases."""

from __future__ import annotations

import uuid

from survey.db import db
from survey.rewards.models.reviews import DeviceDay, Review
from survey.rewards.queries import wallets
from survey.rewards.taking import take
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY


def test_titles_are_returned_for_the_given_ids(app):
    campaign, _other = factories.campaign(10), factories.campaign(20)
    assert wallets.campaign_titles({campaign.id}) == {campaign.id: campaign.title}
    assert wallets.campaign_titles(set()) == {}
    assert wallets.reward_titles({uuid.uuid4()}) == {}


def test_movements_are_those_of_the_customer_latest_first(app):
    owner, other = factories.customer(), factories.customer()
    for points, whose in ((10, owner), (20, other), (30, owner)):
        take(factories.claim(points), whose.id, TODAY)
    assert [row.wallet for row in wallets.movements(owner.id, 0, None)] == [30, 10]
    assert [row.wallet for row in wallets.movements(owner.id, 1, 1)] == [10]


def test_reviews_are_closed_and_devices_forgotten_for_one_customer_alone(app):
    owner, other = factories.customer(), factories.customer()
    for whose in (owner, other):
        take(factories.claim(10, doubt="burst"), whose.id, TODAY)
    with transaction() as session:
        for whose in (owner, other):
            session.add(DeviceDay(device=bytes(16), customer_id=whose.id, day=TODAY))
    with transaction() as session:
        wallets.close_reviews(session, owner.id, TODAY)
        wallets.forget_devices(session, owner.id)
    assert wallets.waiting_points(owner.id) == []
    assert [points for _, points in wallets.waiting_points(other.id)] == [10]
    assert {(review.customer_id, review.state) for review in db.session.query(Review)} == {
        (owner.id, "erased"),
        (other.id, "pending"),
    }
    assert [device_day.customer_id for device_day in db.session.query(DeviceDay)] == [other.id]

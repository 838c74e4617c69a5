from __future__ import annotations

import uuid
from datetime import date

import pytest

from survey.db import db
from survey.places import retirement
from survey.refusal import Refused
from survey.rewards import catalogue, redemption
from survey.rewards.rules.rewarding import RewardTerms
from tests import factories
from tests.factories import TODAY


def test_rewards_on_offer_are_sorted_by_price_with_sold_out_rewards_last(app):
    point = factories.place()
    sold_out = factories.reward(price=1, remaining=0)
    gift = factories.reward("gift", price=30, stock={point: 2})
    coupon = factories.reward("uploaded", price=20, codes="A\nB\nC")
    any_number = factories.reward("discount", price=10)
    factories.reward(starts_on=date(2026, 11, 24))
    factories.reward(ends_on=date(2026, 11, 22))
    catalogue.withdraw(factories.reward().id, TODAY)
    offers = [(offer.reward.id, offer.left) for offer in catalogue.rewards_on_offer(TODAY)]
    assert offers == [(any_number.id, None), (coupon.id, 3), (gift.id, 2), (sold_out.id, 0)]


def test_the_first_and_the_last_day_count(app):
    factories.reward(starts_on=TODAY, ends_on=TODAY)
    assert len(catalogue.rewards_on_offer(TODAY)) == 1


def test_gifts_are_collected_at_active_service_points_with_stock(app):
    here, empty, closed = (factories.place(name=name) for name in "甲乙丙")
    gift = factories.reward("gift", stock={here: 1, empty: 0, closed: 5})
    retirement.retire_place(closed, TODAY)
    assert [place.id for place in catalogue.points_with_stock(gift)] == [here.id]
    assert catalogue.offered_reward(gift.id).left == 1
    assert catalogue.offered_reward(999_999) is None


def test_a_reward_limited_to_a_unit_is_collected_only_there(app):
    _top, regions, points = factories.company(2, 1)
    gift = factories.reward("gift", price=20, stock=dict.fromkeys(points, 3))
    catalogue.change(gift.id, terms(place_id=regions[0].id), seen=None)
    assert [place.id for place in catalogue.points_with_stock(catalogue.offered_reward(gift.id).reward)] == [
        points[0].id
    ]
    assert catalogue.offered_reward(gift.id).left == 3
    owner = factories.wallet(20)
    with pytest.raises(Refused, match="this service point"):
        redemption.reserve(uuid.uuid4(), owner.id, gift.id, 20, TODAY, points[1].id)
    assert redemption.reserve(uuid.uuid4(), owner.id, gift.id, 20, TODAY, points[0].id).state == "reserved"


def test_a_reward_is_withdrawn_once_and_restored(app):
    reward = factories.reward()
    for day in (TODAY, date(2026, 11, 30)):
        catalogue.withdraw(reward.id, day)
        assert catalogue.offered_reward(reward.id).reward.withdrawn_on == TODAY
    catalogue.restore(reward.id)
    assert [offer.reward.id for offer in catalogue.rewards_on_offer(TODAY)] == [reward.id]


def terms(**changes: object) -> RewardTerms:
    return RewardTerms(**({"title": {"zh": "奖品", "en": ""}, "price": 20, "starts_on": TODAY} | changes))


def test_a_reward_is_changed(app):
    reward = factories.reward(remaining=5)
    catalogue.change(reward.id, terms(remaining=7, per_wallet=2), seen=5)
    db.session.expire_all()
    assert (reward.price, reward.remaining, reward.per_wallet) == (20, 7, 2)


def test_a_change_does_not_overwrite_a_redemption(app):
    reward = factories.reward(remaining=5)
    with pytest.raises(Refused, match="5 are left"):
        catalogue.change(reward.id, terms(remaining=9), seen=6)
    catalogue.change(reward.id, terms(remaining=6), seen=6)
    db.session.expire_all()
    assert (reward.price, reward.remaining) == (20, 5)


def test_invalid_terms_are_rejected(app):
    with pytest.raises(Refused):
        catalogue.begin("gift", terms(price=0))
    reward = factories.reward()
    with pytest.raises(Refused):
        catalogue.change(reward.id, terms(percent_off=10), seen=None)

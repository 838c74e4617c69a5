"""Tests of the personal data that customers can download."""

from __future__ import annotations

import json
import uuid

from survey.outgoing import OWN_DATA, keep_declared
from survey.rewards import redemption
from survey.rewards.models.reviews import DeviceDay
from survey.rewards.taking import take
from survey.transaction import transaction
from survey.wallets import data
from tests import factories
from tests.factories import TODAY


def test_the_data_are_complete_and_are_json(app):
    owner = factories.customer("+8613800138000")
    take(factories.claim(20), owner.id, TODAY)
    take(factories.claim(10, doubt="burst"), owner.id, TODAY)
    redemption.reserve(uuid.uuid4(), owner.id, factories.reward(price=8).id, 8, TODAY)
    personal_data = json.loads(json.dumps(data.personal_data_of(owner, TODAY)))
    assert personal_data["wallet"] == owner.number
    assert personal_data["known_by"] == [{"kind": "phone", "value": "+8613800138000"}]
    assert (personal_data["points"], personal_data["points_held_for_reservations"]) == (12, 8)
    assert personal_data["points_by_last_day"] == [{"day": "2027-11-30", "points": 12}]
    assert personal_data["points_being_checked"] == [{"day": "2026-12-07", "points": 10}]
    assert [line["reason"] for line in personal_data["history"]] == ["hold", "claim", "claim"]
    assert [
        (reservation["points"], reservation["state"]) for reservation in personal_data["reservations"]
    ] == [(8, "reserved")]


def test_every_field_is_declared_as_outgoing(app):
    owner = factories.customer("+8613800138000")
    take(factories.claim(20), owner.id, TODAY)
    take(factories.claim(10, doubt="burst"), owner.id, TODAY)
    redemption.reserve(uuid.uuid4(), owner.id, factories.reward(price=8).id, 8, TODAY)
    with transaction() as session:
        session.add(DeviceDay(device=bytes(16), customer_id=owner.id, day=TODAY))
    personal_data = data.personal_data_of(owner, TODAY)
    assert all(personal_data.values())
    assert personal_data.keys() == OWN_DATA.keys()
    assert keep_declared(OWN_DATA, personal_data) == personal_data


def test_the_data_contain_nothing_of_other_customers(app):
    factories.wallet(40, TODAY)
    owner = factories.customer()
    personal_data = data.personal_data_of(owner, TODAY)
    assert (personal_data["points"], personal_data["history"], personal_data["reservations"]) == (0, [], [])

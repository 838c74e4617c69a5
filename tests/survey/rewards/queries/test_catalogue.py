from __future__ import annotations

import uuid
from datetime import date

from survey.rewards import redemption
from survey.rewards.queries import catalogue as queries
from tests import factories
from tests.factories import TODAY


def test_redemptions_are_counted_by_reward_and_state(app):
    reward = factories.reward()
    for _ in range(2):
        owner = factories.wallet(10)
        redemption.reserve(uuid.uuid4(), owner.id, reward.id, 10, TODAY)
    cancelled = redemption.reserve(uuid.uuid4(), factories.wallet(10).id, reward.id, 10, TODAY)
    redemption.cancel(cancelled.id, cancelled.customer_id, TODAY)
    assert queries.count_redemptions() == {(reward.id, "reserved"): 2, (reward.id, "cancelled"): 1}


def test_rewards_are_listed_with_those_withdrawn_last(app):
    from survey.rewards import catalogue

    old, new = factories.reward(), factories.reward(starts_on=date(2026, 2, 1))
    withdrawn = factories.reward(starts_on=date(2026, 3, 1))
    catalogue.withdraw(withdrawn.id, TODAY)
    assert [reward.id for reward in queries.rewards()] == [new.id, old.id, withdrawn.id]

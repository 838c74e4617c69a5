from __future__ import annotations

import uuid
from datetime import timedelta

from survey.rewards import codes, handing_out, redemption
from survey.rewards.queries import redemptions as queries
from tests import factories
from tests.factories import TODAY

NOON = factories.NOON


def test_redemptions_that_can_be_shown_come_first(app):
    owner, reward, point = factories.wallet(30), factories.reward(), factories.place()
    first, second, third = (
        redemption.reserve(uuid.uuid4(), owner.id, reward.id, 10, TODAY - timedelta(days=days))
        for days in (2, 1, 0)
    )
    handing_out.hand_out(codes.code_of(third), point, factories.staff().id, TODAY, NOON)
    assert [listed.id for listed in queries.of_customer(owner.id)] == [second.id, first.id, third.id]
    assert queries.of_customer(factories.customer().id) == []


def test_recent_handovers_are_those_of_the_user_alone(app):
    owner, reward, point = factories.wallet(20), factories.reward(), factories.place()
    me, other = factories.staff().id, factories.staff().id
    for minutes in (0, 5):
        reserved = redemption.reserve(uuid.uuid4(), owner.id, reward.id, 10, TODAY)
        handing_out.hand_out(codes.code_of(reserved), point, me, TODAY, NOON + timedelta(minutes=minutes))
    assert [handed_out.fulfilled_at.minute for handed_out in queries.handed_out_by(me, NOON)] == [5, 0]
    assert len(queries.handed_out_by(me, NOON + timedelta(minutes=1))) == 1
    assert queries.handed_out_by(other, NOON) == []

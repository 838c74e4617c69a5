from __future__ import annotations

import uuid
from datetime import date, timedelta

from survey.rewards import handing_out, own_codes, redemption
from tests import factories
from tests.factories import TODAY


def reserve(owner, reward):
    return redemption.reserve(uuid.uuid4(), owner.id, reward.id, reward.price, TODAY)


def states(owner, day: date = TODAY) -> list[str]:
    return [code.state for code in own_codes.codes_of(owner.id, day)]


def test_codes_that_can_be_shown_come_first(app):
    owner, coupon = factories.wallet(50), factories.reward()
    partners = factories.reward("uploaded", codes="JD-1")
    used, given_back = reserve(owner, coupon), reserve(owner, coupon)
    code = own_codes.own_code(owner.id, used.id, TODAY).code
    handing_out.hand_out(code, factories.place(), factories.staff().id, TODAY, factories.NOON)
    redemption.cancel(given_back.id, owner.id, TODAY)
    reserve(owner, coupon)
    reserve(owner, partners)
    shown = own_codes.codes_of(owner.id, TODAY)
    assert sorted(own.state for own in shown[:2]) == ["partners", "reserved"]
    assert sorted(own.state for own in shown[2:]) == ["cancelled", "fulfilled"]
    assert {own.shown for own in shown if own.state == "partners"} == {"JD-1"}
    assert all(len(own.shown) == 14 for own in shown if own.state != "partners")


def test_a_code_expires_after_its_last_day_even_before_that_is_posted(app):
    owner = factories.wallet(20)
    reserve(owner, factories.reward(hold_days=3))
    reserve(owner, factories.reward("uploaded", codes="JD-1", hold_days=3))
    assert sorted(states(owner, TODAY + timedelta(days=3))) == ["partners", "reserved"]
    assert states(owner, TODAY + timedelta(days=4)) == ["expired", "expired"]


def test_a_customer_cannot_see_the_code_of_another(app):
    owner, other = factories.wallet(10), factories.wallet(10)
    reservation = reserve(owner, factories.reward())
    assert own_codes.own_code(owner.id, reservation.id, TODAY) is not None
    assert own_codes.own_code(other.id, reservation.id, TODAY) is None
    assert own_codes.own_code(owner.id, uuid.uuid4(), TODAY) is None

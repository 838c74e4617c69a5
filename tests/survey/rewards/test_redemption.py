from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from survey.db import db
from survey.refusal import Refused
from survey.rewards import catalogue, codes, redemption, reservation, stocking
from survey.rewards.handing_out import hand_out
from survey.rewards.models.redemptions import Redemption
from survey.rewards.queries import books as book_queries
from survey.rewards.queries import catalogue as catalogue_queries
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY
from tests.survey.rewards.balances import balances, company_balances, is_balanced

NOON = factories.NOON


def reserve(owner, reward, at=None, redemption_id=None, price=None, today=TODAY) -> Redemption:
    return redemption.reserve(
        redemption_id or uuid.uuid4(),
        owner.id,
        reward.id,
        price or reward.price,
        today,
        at.id if at else None,
    )


def left(reward) -> int | None:
    db.session.rollback()
    offer = catalogue.offered_reward(reward.id)
    assert offer is not None
    return offer.left


def test_points_and_stock_are_held_together(app):
    owner, reward = factories.wallet(30), factories.reward(price=20, remaining=5, hold_days=7)
    reserved = reserve(owner, reward)
    assert (reserved.state, reserved.price, reserved.expires_on) == ("reserved", 20, date(2026, 11, 30))
    assert balances(owner) == {"wallet": 10, "held": 20}
    assert left(reward) == 4
    assert company_balances() == {"issued": -30}
    assert is_balanced()


def test_a_code_has_twelve_digits_that_only_this_installation_reads(app):
    reserved = reserve(factories.wallet(10), factories.reward())
    code = codes.code_of(reserved)
    assert len(code) == 12
    assert code.isdecimal()
    assert code.encode() not in reserved.sealed + reserved.blind


def test_a_repeat_returns_the_same_code_and_pays_once(app):
    owner, reward, form = factories.wallet(30), factories.reward(remaining=5), uuid.uuid4()
    first, second = (codes.code_of(reserve(owner, reward, redemption_id=form)) for _ in range(2))
    assert first == second
    assert balances(owner) == {"wallet": 20, "held": 10}
    assert left(reward) == 4


def test_a_repeat_returns_the_same_redemption_after_the_terms_changed(app):
    owner, reward, form = factories.wallet(10), factories.reward(remaining=1), uuid.uuid4()
    reserve(owner, reward, redemption_id=form)
    catalogue.withdraw(reward.id, TODAY)
    assert reserve(owner, reward, redemption_id=form).state == "reserved"


def test_the_form_of_another_wallet_is_refused(app):
    reward, form = factories.reward(), uuid.uuid4()
    reserve(factories.wallet(10), reward, redemption_id=form)
    other = factories.wallet(10)
    with pytest.raises(Refused, match="another wallet"):
        reserve(other, reward, redemption_id=form)
    assert balances(other) == {"wallet": 10}


def test_points_that_expire_first_are_used_first(app):
    owner = factories.wallet(30, taken_on=date(2026, 5, 2))
    later = factories.claim(30)
    redemption_lots(owner, later)
    reserved = reserve(owner, factories.reward(price=40))
    with transaction() as session:
        held = {lot.expires_on: lot.points for lot in book_queries.lots(session, owner.id, "held")}
    assert held == {date(2027, 5, 31): 30, date(2027, 11, 30): 10}
    redemption.cancel(reserved.id, owner.id, TODAY)
    with transaction() as session:
        back = {lot.expires_on: lot.points for lot in book_queries.lots(session, owner.id)}
    assert back == {date(2027, 5, 31): 30, date(2027, 11, 30): 30}


def redemption_lots(owner, code: str) -> None:
    from survey.rewards.taking import take

    take(code, owner.id, TODAY)


def test_expired_points_buy_nothing(app):
    owner = factories.wallet(10, taken_on=date(2025, 11, 2))
    assert balances(owner) == {"wallet": 10}
    with pytest.raises(Refused, match="you need 10 more"):
        reserve(owner, factories.reward(), today=date(2026, 12, 1))


def refused(match: str, owner, reward, **how) -> None:
    before, stock = balances(owner), left(reward)
    with pytest.raises(Refused, match=match):
        reserve(owner, reward, **how)
    assert (balances(owner), left(reward)) == (before, stock)


def test_each_refusal_is_a_clear_sentence_and_changes_nothing(app):
    owner = factories.wallet(30)
    ended = factories.reward(starts_on=date(2026, 1, 1), ends_on=date(2026, 11, 22))
    refused("available until 2026-11-22", owner, ended)
    refused("from 2026-11-24", owner, factories.reward(starts_on=date(2026, 11, 24)))
    refused("you need 1 more", owner, factories.reward(price=31))
    refused("The price is now 10 points", owner, factories.reward(price=10), price=9)
    refused("The last one has just been redeemed. No points were used.", owner, factories.reward(remaining=0))
    refused("The last one has just been redeemed. No points were used.", owner, factories.reward("uploaded"))
    withdrawn = factories.reward()
    catalogue.withdraw(withdrawn.id, TODAY)
    refused("This reward is no longer available.", owner, withdrawn)
    with pytest.raises(Refused, match="This reward is no longer available"):
        redemption.reserve(uuid.uuid4(), owner.id, 999_999, 10, TODAY)


def test_a_wallet_cannot_exceed_the_limit_of_a_reward(app):
    owner, reward = factories.wallet(30), factories.reward(per_wallet=1)
    reserved = reserve(owner, reward)
    refused("You have reached the limit for this reward", owner, reward)
    redemption.cancel(reserved.id, owner.id, TODAY)
    assert reserve(owner, reward).state == "reserved"


def test_a_gift_is_taken_from_the_service_point_where_it_is_collected(app):
    here, there = factories.place(), factories.place()
    owner, gift = factories.wallet(30), factories.reward("gift", stock={here: 1, there: 2})
    assert left(gift) == 3
    assert reserve(owner, gift, here).place_id == here.id
    assert catalogue_queries.stock(gift.id) == {here.id: 0, there.id: 2}
    refused("last one at this service point", owner, gift, at=here)
    refused("Choose where", owner, gift)
    refused("last one at this service point", owner, gift, at=factories.place())


def test_an_uploaded_coupon_belongs_to_the_customer_at_once(app):
    owner, reward = factories.wallet(30), factories.reward("uploaded", codes="JD-1\nJD-2\n")
    first, second = reserve(owner, reward), reserve(owner, reward)
    assert [codes.code_of(coupon) for coupon in (first, second)] == ["JD-1", "JD-2"]
    assert first.state == "fulfilled"
    assert balances(owner) == {"wallet": 10}
    assert company_balances() == {"issued": -30, "redeemed": 20}
    assert left(reward) == 0
    with pytest.raises(Refused, match="cannot be cancelled"):
        redemption.cancel(first.id, owner.id, TODAY)
    assert is_balanced()


def test_cancelling_returns_points_and_stock_once(app):
    owner, reward = factories.wallet(10), factories.reward(remaining=1)
    reserved = reserve(owner, reward)
    for _ in range(2):
        assert redemption.cancel(reserved.id, owner.id, TODAY).state == "cancelled"
        assert balances(owner) == {"wallet": 10}
        assert left(reward) == 1
    assert is_balanced()


def test_a_cancelled_gift_returns_to_its_service_point(app):
    here = factories.place()
    owner, gift = factories.wallet(10), factories.reward("gift", stock={here: 1})
    redemption.cancel(reserve(owner, gift, here).id, owner.id, TODAY)
    assert catalogue_queries.stock(gift.id) == {here.id: 1}


def test_a_customer_cannot_cancel_for_another(app):
    owner, other = factories.wallet(10), factories.wallet(10)
    reserved = reserve(owner, factories.reward())
    for redemption_id in (reserved.id, uuid.uuid4()):
        with pytest.raises(Refused, match="nothing to cancel"):
            redemption.cancel(redemption_id, other.id, TODAY)
    assert balances(owner) == {"held": 10}


def test_a_reward_that_was_handed_out_cannot_be_cancelled(app):
    owner, staff, point = factories.wallet(10), factories.staff(), factories.place()
    reserved = reserve(owner, factories.reward())
    hand_out(codes.code_of(reserved), point, staff.id, TODAY, NOON)
    with pytest.raises(Refused, match="You have already collected this, so it cannot be cancelled"):
        redemption.cancel(reserved.id, owner.id, TODAY)


def test_a_reservation_ends_after_its_last_day(app, time_machine):
    owner, reward = factories.wallet(10), factories.reward(remaining=1, hold_days=3)
    reserved = reserve(owner, reward)
    time_machine.move_to(NOON + timedelta(days=3))
    assert redemption.expire() == 0
    time_machine.move_to(NOON + timedelta(days=4))
    assert redemption.expire() == 1
    assert redemption.expire() == 0
    db.session.expire_all()
    assert db.session.get(Redemption, reserved.id).state == "expired"
    assert balances(owner) == {"wallet": 10}
    assert left(reward) == 1
    assert is_balanced()


def test_an_erased_customer_holds_nothing(app):
    owner, reward = factories.wallet(20), factories.reward(remaining=2)
    reserve(owner, reward)
    with transaction() as session:
        book_queries.lock(session, owner.id)
        reservation.release_all(session, owner.id, TODAY)
    assert balances(owner) == {"wallet": 20}
    assert left(reward) == 2
    with transaction() as session:
        book_queries.lock(session, owner.id).erased_on = TODAY
    refused("deleted", owner, reward)


def test_a_redemption_takes_from_the_corrected_stock(app):
    here, owner = factories.place(), factories.wallet(10)
    gift = factories.reward("gift", stock={here: 1})
    reserved = reserve(owner, gift, here)
    stocking.put(gift.id, here, 5, seen=0)
    redemption.cancel(reserved.id, owner.id, TODAY)
    assert catalogue_queries.stock(gift.id) == {here.id: 6}

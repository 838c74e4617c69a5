from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from survey.db import db
from survey.refusal import Refused
from survey.rewards import codes, handing_out, redemption
from survey.rewards.rules.handing import HandedOutElsewhere
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY
from tests.survey.rewards.balances import balances, company_balances, is_balanced

NOON = factories.NOON


@pytest.fixture
def point(app):
    return factories.place()


@pytest.fixture
def me(app):
    return factories.staff("administrator").id


def new_reservation(owner, reward, at=None) -> tuple[uuid.UUID, str]:
    """Return the id and the code of a new reservation."""
    reservation = redemption.reserve(
        uuid.uuid4(), owner.id, reward.id, reward.price, TODAY, at.id if at else None
    )
    return reservation.id, codes.code_of(reservation)


def refused(match: str, code: str, at, today: date = TODAY) -> None:
    with pytest.raises(Refused, match=match):
        handing_out.look_up(code, at, today)
    with pytest.raises(Refused, match=match):
        handing_out.hand_out(code, at, factories.staff().id, today, NOON)


def test_a_code_shows_its_reward_and_is_spent_once(point, me):
    owner, reward = factories.wallet(30), factories.reward(price=20)
    _, code = new_reservation(owner, reward)
    assert handing_out.look_up(code, point, TODAY).reward.title == reward.title
    fulfilled = handing_out.hand_out(code, point, me, TODAY, NOON)
    assert (fulfilled.state, fulfilled.fulfilled_by, fulfilled.fulfilled_place_id) == (
        "fulfilled",
        me,
        point.id,
    )
    assert balances(owner) == {"wallet": 10}
    assert company_balances() == {"issued": -30, "redeemed": 20}
    refused("has been used", code, point)
    assert balances(owner) == {"wallet": 10}
    assert is_balanced()


def test_handing_out_is_idempotent_for_the_same_user(point, me):
    owner = factories.wallet(10)
    _, code = new_reservation(owner, factories.reward())
    first, second = (handing_out.hand_out(code, point, me, TODAY, NOON) for _ in range(2))
    assert first.fulfilled_at == second.fulfilled_at
    assert company_balances() == {"issued": -10, "redeemed": 10}
    with pytest.raises(Refused, match="has been used"):
        handing_out.hand_out(code, point, me, TODAY, NOON + timedelta(minutes=11))


@pytest.mark.parametrize("shown", ["{0} {1} {2}", " {0}-{1}—{2}\n", "{0}　{1}{2}"])
def test_a_code_may_be_typed_with_blanks_and_full_width_digits(point, shown):
    _, code = new_reservation(factories.wallet(10), factories.reward())
    typed = shown.format(code[:4], code[4:8], code[8:])
    assert handing_out.look_up(typed, point, TODAY).state == "reserved"
    wide = code.translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert handing_out.look_up(wide, point, TODAY).state == "reserved"


@pytest.mark.parametrize("code", ["", "000000000000", "١٢٣", "x" * 100_000, "\0", "'; DROP TABLE redemption"])
def test_an_unknown_code_is_rejected(point, code):
    refused("Code not found. Check the digits, or scan it again.", code, point)


def test_cancelled_and_expired_redemptions_are_not_handed_out(point):
    owner, reward = factories.wallet(20), factories.reward(hold_days=3)
    cancelled, code = new_reservation(owner, reward)
    redemption.cancel(cancelled, owner.id, TODAY)
    refused("has cancelled", code, point)
    _, code = new_reservation(owner, reward)
    assert handing_out.look_up(code, point, TODAY + timedelta(days=3)).state == "reserved"
    refused("expired on 2026-11-26", code, point, TODAY + timedelta(days=4))


def test_an_ended_reservation_is_not_handed_out(point, time_machine):
    _, code = new_reservation(factories.wallet(10), factories.reward(hold_days=3))
    time_machine.move_to(NOON + timedelta(days=5))
    redemption.expire()
    refused("expired on 2026-11-26", code, point, TODAY + timedelta(days=5))


def test_a_reward_is_handed_out_only_in_its_unit(app, me):
    _top, regions, points = factories.company(2, 2)
    _, code = new_reservation(factories.wallet(10), factories.reward(place_id=regions[0].id))
    refused(f"handed out at {regions[0].name}, not here", code, points[2])
    assert handing_out.hand_out(code, points[1], me, TODAY, NOON).state == "fulfilled"


def test_a_gift_is_handed_out_only_where_it_was_reserved(app, me):
    here, there = factories.place(), factories.place()
    _, code = new_reservation(factories.wallet(10), factories.reward("gift", stock={here: 1}), here)
    with pytest.raises(HandedOutElsewhere) as wrong:
        handing_out.look_up(code, there, TODAY)
    assert (wrong.value.detail["place"], wrong.value.place_en) == (here.name, here.name_en)
    assert handing_out.hand_out(code, here, me, TODAY, NOON).state == "fulfilled"


def test_the_user_who_handed_a_reward_out_can_undo_that_for_ten_minutes(point, me):
    owner = factories.wallet(10)
    redemption_id, code = new_reservation(owner, factories.reward())
    handing_out.hand_out(code, point, me, TODAY, NOON)
    with pytest.raises(Refused, match="Only the person who handed it out can undo this"):
        handing_out.undo(redemption_id, factories.staff().id, TODAY, NOON)
    with pytest.raises(Refused, match="More than ten minutes have passed, so it cannot be undone"):
        handing_out.undo(redemption_id, me, TODAY, NOON + timedelta(minutes=10, seconds=1))
    for _ in range(2):
        assert handing_out.undo(redemption_id, me, TODAY, NOON + timedelta(minutes=10)).state == "reserved"
        assert balances(owner) == {"held": 10}
        assert company_balances() == {"issued": -10}
    assert is_balanced()


def test_a_redemption_can_be_handed_out_or_cancelled_after_an_undo(point, me):
    owner = factories.wallet(10)
    redemption_id, code = new_reservation(owner, factories.reward())
    for _ in range(3):
        handing_out.hand_out(code, point, me, TODAY, NOON)
        assert company_balances() == {"issued": -10, "redeemed": 10}
        handing_out.undo(redemption_id, me, TODAY, NOON)
    redemption.cancel(redemption_id, owner.id, TODAY)
    assert balances(owner) == {"wallet": 10}
    assert is_balanced()


def test_a_counter_does_not_hand_out_uploaded_coupons(point, me):
    owner, reward = factories.wallet(10), factories.reward("uploaded", codes="JD-1")
    redemption_id, code = new_reservation(owner, reward)
    refused("Code not found. Check the digits, or scan it again.", code, point)
    with pytest.raises(Refused, match="Only the person who handed it out can undo this"):
        handing_out.undo(redemption_id, me, TODAY, NOON)


def test_undo_rejects_missing_redemptions_and_erased_customers(point, me):
    with pytest.raises(Refused, match="nothing to undo"):
        handing_out.undo(uuid.uuid4(), me, TODAY, NOON)
    owner = factories.wallet(10)
    redemption_id, code = new_reservation(owner, factories.reward())
    handing_out.hand_out(code, point, me, TODAY, NOON)
    with transaction() as session:
        session.get_one(type(owner), owner.id).erased_on = TODAY
    with pytest.raises(Refused, match="nothing to undo"):
        handing_out.undo(redemption_id, me, TODAY, NOON)


def test_unknown_and_used_codes_run_the_same_queries(point, me):
    _, used = new_reservation(factories.wallet(10), factories.reward())
    handing_out.hand_out(used, point, me, TODAY, NOON)
    db.session.refresh(point)
    later = NOON + timedelta(hours=1)

    def statements(code: str) -> list[str]:
        asked: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            for attempt in (
                lambda: handing_out.look_up(code, point, TODAY),
                lambda: handing_out.hand_out(code, point, me, TODAY, later),
            ):
                with pytest.raises(Refused):
                    attempt()
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return asked

    assert statements("123412341234") == statements(used)

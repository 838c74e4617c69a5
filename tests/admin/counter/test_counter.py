from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest

from survey import settings
from survey.db import db
from survey.rewards import codes, redemption
from survey.rewards.models.redemptions import Redemption
from survey.throttle import MISTAKES, Throttle
from tests import factories
from tests.admin.forms import post

COUNTER = "/admin/counter/"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def nobody_has_guessed(embedded_app):
    embedded_app.extensions["throttle"] = Throttle()


@pytest.fixture
def clerk(embedded_app, sign_in, company):
    """Return the browser of counter staff at P1."""
    person = factories.staff("counter", company["P1"])
    client = sign_in(embedded_app.test_client(), person)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def new_reservation(reward=None, at=None) -> tuple[Redemption, str]:
    reward = reward or factories.reward(price=10)
    owner, today = factories.wallet(10, settings.current().today()), settings.current().today()
    reservation = redemption.reserve(uuid.uuid4(), owner.id, reward.id, 10, today, at.id if at else None)
    return reservation, codes.code_of(reservation)


def send(client, to: str = "", **fields: str):
    return post(client, COUNTER + to, page=COUNTER, **fields)


def state(reservation: Redemption) -> str:
    db.session.rollback()
    return db.session.get_one(Redemption, reservation.id).state


def test_counter_staff_begin_at_the_counter(clerk):
    assert clerk.get("/admin/").headers["Location"] == COUNTER
    page = clerk.get(COUNTER).text
    assert re.search(r'<input[^>]*id="code"[^>]*autofocus', page)


def test_a_code_is_looked_up_and_handed_out_with_a_large_confirmation(clerk):
    cup = factories.reward(title={"zh": "保温杯", "en": "Mug"}, price=10)
    reservation, code = new_reservation(cup)
    looked_up = send(clerk, code=f"{code[:4]} {code[4:8]} {code[8:]}")
    assert "Mug" in looked_up.text
    assert state(reservation) == "reserved"
    done = send(clerk, "fulfilment", code=code)
    assert done.headers["Location"] == COUNTER + "?done=1"
    assert state(reservation) == "fulfilled"
    page = clerk.get(done.headers["Location"]).text
    assert 'class="flash success done"' in page
    assert "Mug" in page


def test_the_counter_shows_nothing_of_the_customer(clerk):
    reservation, code = new_reservation()
    owner = reservation.customer
    page = send(clerk, code=code).text
    assert owner.number not in page
    assert "+86" not in page
    assert not re.search(r"\d points?\b", re.sub(r"<[^>]+>", "", page))
    assert code not in page.replace(f'name="code" value="{code}"', ""), "but in the form that spends it"


def test_a_code_is_never_in_an_address(clerk):
    _, code = new_reservation()
    assert 'method="get"' not in clerk.get(COUNTER).text
    assert code not in send(clerk, "fulfilment", code=code).headers["Location"]


def test_each_refusal_is_one_clear_sentence(clerk, company):
    _used, code = new_reservation()
    send(clerk, "fulfilment", code=code)
    assert "This code has been used." in send(clerk, code=code).text
    cancelled, code = new_reservation()
    redemption.cancel(cancelled.id, cancelled.customer_id, settings.current().today())
    assert "has cancelled" in send(clerk, code=code).text
    unknown = send(clerk, code="1234 1234 1234")
    assert unknown.status_code == 422
    assert "Code not found. Check the digits, or scan it again." in unknown.text
    assert re.search(r'<input[^>]*id="code"[^>]*autofocus', unknown.text)
    company["P2"].name_en = "West gate"
    db.session.commit()
    _, code = new_reservation(factories.reward("gift", price=10, stock={company["P2"]: 1}), company["P2"])
    for to in ("", "fulfilment"):
        assert "handed out at West gate, not here" in send(clerk, to, code=code).text


def test_a_gift_is_handed_out_at_its_service_point(clerk, company):
    reservation, code = new_reservation(
        factories.reward("gift", price=10, stock={company["P1"]: 1}), company["P1"]
    )
    assert send(clerk, "fulfilment", code=code).status_code == 303
    assert state(reservation) == "fulfilled"


def test_a_user_can_undo_a_handover_for_ten_minutes(clerk, embedded_app, sign_in, company, time_machine):
    reservation, code = new_reservation()
    now = settings.now()
    send(clerk, "fulfilment", code=code)
    assert f'value="{reservation.id}"' in clerk.get(COUNTER).text
    other = sign_in(embedded_app.test_client(), factories.staff("counter", company["P1"]))
    assert str(reservation.id) not in other.get(COUNTER).text
    send(other, "undo", redemption=str(reservation.id))
    assert state(reservation) == "fulfilled"
    send(clerk, "undo", redemption=str(reservation.id))
    assert state(reservation) == "reserved"
    assert "Undone" in clerk.get(COUNTER).text
    send(clerk, "fulfilment", code=code)
    time_machine.move_to(now + timedelta(minutes=11))
    assert str(reservation.id) not in clerk.get(COUNTER).text
    send(clerk, "undo", redemption=str(reservation.id))
    assert state(reservation) == "fulfilled"


@pytest.mark.parametrize("wrong", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_undoing_an_unknown_redemption_is_refused(clerk, wrong):
    assert send(clerk, "undo", redemption=wrong).status_code == 303
    assert "There is nothing to undo." in clerk.get(COUNTER).text


def test_guessing_codes_is_rate_limited_and_serving_is_not(clerk):
    for _ in range(MISTAKES.amount):
        reservation, code = new_reservation()
        assert send(clerk, code=code).status_code == 200
        assert send(clerk, code="000000000000").status_code == 422
    for to in ("", "fulfilment"):
        reply = send(clerk, to, code=code)
        assert reply.status_code == 429
        assert int(reply.headers["Retry-After"]) > 0
    assert state(reservation) == "reserved"


def test_a_user_with_several_service_points_chooses_one(enter, company):
    manager = enter("manager")
    reservation, code = new_reservation(
        factories.reward("gift", price=10, stock={company["P1"]: 1}), company["P1"]
    )
    choose = COUNTER + "place"
    assert manager.get(COUNTER).headers["Location"] == choose
    assert post(manager, COUNTER, page=choose, code=code).headers["Location"] == choose
    assert post(manager, COUNTER + "fulfilment", page=choose, code=code).headers["Location"] == choose
    for wrong in ("", "nowhere", "EAST", "P2"):
        assert post(manager, choose, page=choose, place=wrong).status_code == 422
    assert post(manager, choose, page=choose, place="P1").headers["Location"] == COUNTER
    assert send(manager, "fulfilment", code=code).status_code == 303
    assert state(reservation) == "fulfilled"


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_other_roles_cannot_hand_out(enter, role):
    assert enter(role).get(COUNTER).status_code == 403


def test_only_the_counter_may_ask_for_the_camera(clerk):
    assert "camera=(self)" in clerk.get(COUNTER).headers["Permissions-Policy"]
    assert "camera=()" in clerk.get("/admin/account").headers["Permissions-Policy"]
    assert len(clerk.get(COUNTER).headers.getlist("Permissions-Policy")) == 1

"""Tests of the pages of rewards in a wallet."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest

from survey import settings
from survey.people import customers
from survey.rewards import catalogue, redemption
from survey.rewards.taking import take
from tests import factories

NUMBER = "+8613800138000"


@pytest.fixture
def owner(embedded_app):
    """Return the customer who signs in on ``phone``, with 30 points."""
    owner = customers.enter("phone", NUMBER, date(2026, 11, 1))
    take(factories.claim(30), owner.id, settings.current().today())
    return owner


@pytest.fixture
def signed_in(phone, owner):
    phone.sign_in()
    return phone


def mug_reward(kind: str = "generated", **terms: object):
    return factories.reward(kind, title={"zh": "保温杯", "en": "Mug"}, **terms)


def redeem(phone, reward, **changes: str):
    form = {"redemption": str(uuid.uuid4()), "price": str(reward.price)} | changes
    return phone.post(f"/w/rewards/{reward.id}", **form)


def digits(page: str) -> str:
    return re.search(r"class=big>([^<]+)<", page)[1]


def test_the_wallet_shows_affordable_rewards_and_the_missing_points(signed_in):
    mug_reward(price=20)
    factories.reward(price=50, title={"zh": "大奖", "en": "Grand prize"})
    page = signed_in.get("/w/").text
    assert page.index("Mug") < page.index("You have enough points") < page.index("Grand prize")
    assert "20 more points needed" in page


def test_a_reward_is_redeemed_in_two_taps_and_its_code_shown_large(signed_in):
    reward = mug_reward(price=20)
    page = signed_in.get(f"/w/rewards/{reward.id}").text
    assert "Redeem for 20 points" in page
    shown = redeem(signed_in, reward).text
    assert re.fullmatch(r"\d{4} \d{4} \d{4}", digits(shown))
    assert "<svg" in shown
    assert "Show it at any of our counters by" in shown
    wallet = signed_in.get("/w/").text
    assert digits(wallet) == digits(shown)
    assert "10 points" in wallet


def test_the_same_form_sent_again_shows_the_same_code(signed_in):
    reward, form = mug_reward(price=10), str(uuid.uuid4())
    first, second = (digits(redeem(signed_in, reward, redemption=form).text) for _ in range(2))
    assert first == second
    assert "20 points" in signed_in.get("/w/").text


def test_a_gift_asks_for_a_service_point_and_shows_it(signed_in):
    here = factories.place(name="东门店")
    reward = mug_reward("gift", price=20, stock={here: 1, factories.place(): 1})
    page = signed_in.get(f"/w/rewards/{reward.id}").text
    assert "Where do you want to collect it?" in page
    refused = redeem(signed_in, reward)
    assert refused.status_code == 422
    assert "Choose where to collect it." in refused.text
    assert f"Collect it at {here.name_en} by" in redeem(signed_in, reward, place=here.code).text


def test_an_uploaded_code_is_shown_unchanged_and_cannot_be_cancelled(signed_in):
    reward = mug_reward("uploaded", price=20, codes="JD-8842")
    page = redeem(signed_in, reward).text
    assert digits(page) == "JD-8842"
    assert "Cancel and return my points" not in page


def test_a_reservation_is_cancelled(signed_in):
    reward = mug_reward(price=20, remaining=1)
    page = redeem(signed_in, reward)
    address = re.search(r'action="(/w/codes/[^"]+/cancellation)"', page.text)[1]
    for _ in range(2):
        assert "Your points are back in your wallet." in signed_in.post(address).text
    assert "30 points" in signed_in.get("/w/").text


def test_refusals_are_one_sentence_and_cost_nothing(signed_in):
    sold_out = mug_reward(price=20, remaining=0)
    assert "None left." in signed_in.get(f"/w/rewards/{sold_out.id}").text
    assert "has just been redeemed" in redeem(signed_in, sold_out).text
    dear = mug_reward(price=31)
    assert "You need 1 more point" in signed_in.get(f"/w/rewards/{dear.id}").text
    assert "Not enough points: you need 1 more." in redeem(signed_in, dear).text
    changed = mug_reward(price=20)
    assert "The price is now 20 points." in redeem(signed_in, changed, price="10").text
    catalogue.withdraw(changed.id, settings.current().today())
    assert "This reward is no longer available." in signed_in.get(f"/w/rewards/{changed.id}").text
    assert "This reward is no longer available." in redeem(signed_in, changed).text
    assert "30 points" in signed_in.get("/w/").text


@pytest.mark.parametrize("wrong", [{"redemption": ""}, {"redemption": "x"}, {"price": ""}, {"price": "1.5"}])
def test_a_forged_form_is_rejected(signed_in, wrong):
    assert redeem(signed_in, mug_reward(), **wrong).status_code == 400
    assert signed_in.post(f"/w/rewards/{mug_reward().id}", token=False, price="10").status_code == 400


def test_nobody_sees_or_cancels_the_code_of_another(signed_in):
    other, reward = factories.wallet(10, settings.current().today()), mug_reward(price=10)
    reservation = redemption.reserve(uuid.uuid4(), other.id, reward.id, 10, settings.current().today())
    assert signed_in.get(f"/w/codes/{reservation.id}").status_code == 404
    assert signed_in.post(f"/w/codes/{reservation.id}/cancellation").status_code == 404
    assert signed_in.get("/w/rewards/999999").status_code == 404
    assert signed_in.get(f"/w/codes/{uuid.uuid4()}").status_code == 404


def test_a_visitor_who_is_not_signed_in_signs_in_first(phone):
    reward, form = mug_reward(), str(uuid.uuid4())
    assert "Your mobile number" in phone.get(f"/w/rewards/{reward.id}").text
    assert "Your mobile number" in redeem(phone, reward).text
    assert "Your mobile number" in phone.get(f"/w/codes/{form}").text
    assert "Your mobile number" in phone.post(f"/w/codes/{form}/cancellation").text

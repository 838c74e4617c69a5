"""Tests of signing in with WeChat, with a stub of its server."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from survey.channels.wechat import WeChat
from survey.db import db
from survey.people.models import Customer
from survey.rewards.models.books import Account

PATH = "/sns/oauth2/access_token"
BROWSER = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"}


@pytest.fixture
def wechat(embedded_app, httpserver):
    """A stub of WeChat that knows the customer as oABC."""
    embedded_app.extensions["wechat"] = WeChat("wx1", "s3cret", httpserver.url_for("").rstrip("/"))
    httpserver.expect_request(PATH).respond_with_json({"openid": "oABC"})
    yield httpserver
    embedded_app.extensions["wechat"] = None


@pytest.fixture
def phone(new_phone):
    return new_phone(**BROWSER)


def begin(phone, claim=""):
    """Begin a sign-in with WeChat and return its state."""
    reply = phone.get(f"/w/wechat?claim={claim}", follow=False)
    assert reply.status_code == 303
    query = parse_qs(urlsplit(reply.location).query)
    assert query["redirect_uri"] == ["http://localhost/w/wechat/back"]
    return query["state"][0]


def points():
    return db.session.scalar(select(func.sum(Account.balance)).filter_by(kind="wallet")) or 0


def test_a_customer_returns_from_wechat_with_their_points(wechat, phone, claim):
    assert f"/w/wechat?claim={claim}" in phone.get(f"/w/claims/{claim}").text
    state = begin(phone, claim)
    page = phone.get(f"/w/wechat/back?code=C&state={state}")
    assert "Points received" in page.text
    assert points() == 20


def test_a_customer_has_one_wallet_after_several_sign_ins(wechat, phone, new_phone):
    for device in (phone, new_phone(**BROWSER)):
        assert device.get(f"/w/wechat/back?code=C&state={begin(device)}").request.path == "/w/"
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 1


@pytest.mark.parametrize("state", ["", "&state=", "&state=forged", "&state=ü"])
def test_a_state_of_another_device_is_rejected(wechat, phone, claim, state):
    begin(phone, claim)
    reply = phone.get(f"/w/wechat/back?code=C{state}")
    assert reply.status_code == 422
    assert "WeChat could not confirm who you are. Please try again, or use your phone number." in reply.text
    assert points() == 0
    assert wechat.log == []


def test_a_state_counts_once_and_on_its_own_device_only(wechat, phone, new_phone, claim):
    state = begin(phone, claim)
    assert new_phone(**BROWSER).get(f"/w/wechat/back?code=C&state={state}").status_code == 422
    phone.get(f"/w/wechat/back?code=C&state={state}")
    assert phone.get(f"/w/wechat/back?code=C&state={state}").status_code == 422


def test_a_virtual_account_earns_nothing_and_sees_what_to_do(wechat, phone, claim):
    wechat.clear()
    wechat.expect_request(PATH).respond_with_json({"openid": "oABC", "is_snapshotuser": 1})
    reply = phone.get(f"/w/wechat/back?code=C&state={begin(phone, claim)}")
    assert reply.status_code == 422
    assert "Your own account is needed" in reply.text
    assert f"/w/claims/{claim}" in reply.text
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 0


def test_a_failure_of_wechat_leads_to_the_phone_number(wechat, phone, claim):
    wechat.clear()
    wechat.expect_request(PATH).respond_with_json({"errcode": 40163, "errmsg": "code been used"})
    reply = phone.get(f"/w/wechat/back?code=C&state={begin(phone, claim)}")
    assert reply.status_code == 422
    assert "WeChat could not confirm who you are. Please try again, or use your phone number." in reply.text
    assert "Your mobile number" in reply.text
    assert "20 points" in reply.text


def test_wechat_is_offered_only_in_wechat_and_only_if_it_is_set_up(wechat, phone, new_phone, embedded_app):
    assert "Continue with WeChat" in phone.get("/w/sign-in").text
    assert "Continue with WeChat" not in new_phone().get("/w/sign-in").text
    embedded_app.extensions["wechat"] = None
    assert "Continue with WeChat" not in phone.get("/w/sign-in").text
    assert phone.get("/w/wechat").status_code == 404
    assert phone.get("/w/wechat/back?code=C&state=S").status_code == 404

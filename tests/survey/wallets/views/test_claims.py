"""Tests of taking points: by number and code, at once when signed in, and every refusal."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import pytest
from sqlalchemy import event, func, select

from survey.db import db
from survey.people.customers import index_of
from survey.people.models import Customer, Identity, Insider
from survey.rewards.models.books import Account, Transfer
from survey.rewards.taking import take
from survey.transaction import transaction
from tests import factories
from tests.catalogue import zh


def points(kind="wallet"):
    return db.session.scalar(select(func.sum(Account.balance)).filter_by(kind=kind)) or 0


def test_the_short_address_leads_to_the_claim_in_the_requested_language(phone, claim):
    reply = phone.get(f"/c/{claim}?lang=zh_Hans_CN", follow=False)
    assert (reply.status_code, reply.location) == (302, f"/w/claims/{claim}?lang=zh_Hans_CN")
    assert zh("Claim your points") in phone.get(reply.location).text


@pytest.mark.parametrize("written", ["{}", " {} ", "https://huiyin.example/c/{}?lang=en", "/w/claims/{}/"])
def test_a_code_can_be_typed_into_the_wallet(phone, claim, written):
    assert "I have a claim code" in phone.get("/w/sign-in").text
    page = phone.get(f"/w/claims/?code={quote(written.format(claim))}")
    assert "20 points" in page.text
    assert points() == 0


@pytest.mark.parametrize(
    ("written", "says"),
    [("", "View my points"), ("///", "View my points"), ("x", "This claim code is not valid")],
)
def test_an_unknown_code_is_rejected_and_an_empty_code_leads_to_the_wallet(phone, written, says):
    assert says in phone.get(f"/w/claims/?code={quote(written)}").text


def test_opening_a_claim_takes_nothing(phone, claim):
    page = phone.get(f"/c/{claim}")
    assert "20 points" in page.text
    assert points() == 0
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 0


def test_a_number_and_its_code_take_the_points(phone, claim, texts):
    page = phone.post(f"/w/claims/{claim}", phone="138 0013 8000")
    assert "+86 138 **** 8000" in page.text
    assert texts.sent[-1].phone == "+8613800138000"
    assert texts.code in texts.sent[-1].text
    page = phone.post("/w/code", code=texts.code)
    assert "Points received" in page.text
    assert "There are now 20 points in your wallet." in page.text
    assert points() == 20


def test_a_signed_in_customer_takes_points_in_two_taps(phone, claim, texts):
    phone.sign_in()
    page = phone.get(f"/w/claims/{claim}")  # the first tap is the link of the thank-you page
    assert "Claim 20 points" in page.text
    assert "Your mobile number" not in page.text
    page = phone.post(f"/w/claims/{claim}")  # the second tap takes the points
    assert "Points received" in page.text
    assert points() == 20
    assert len(texts.sent) == 1


def test_taking_again_is_idempotent_and_shows_the_same_page(phone, claim):
    phone.sign_in()
    first, second = (phone.post(f"/w/claims/{claim}") for _ in range(2))
    assert first.text == second.text == phone.get(f"/w/claims/{claim}").text
    assert points() == 20


def test_a_lost_reply_loses_no_points(phone, claim, texts):
    phone.post(f"/w/claims/{claim}", phone="13800138000")
    before = dict(phone.client._cookies)
    phone.post("/w/code", code=texts.code, follow=False)
    phone.client._cookies.clear()
    phone.client._cookies.update(before)  # as if the reply had never come
    page = phone.post("/w/code", code=texts.code)
    assert "Points received" in page.text
    assert points() == 20


def test_a_posting_records_only_the_day_and_the_campaign(phone, claim):
    phone.sign_in()
    phone.post(f"/w/claims/{claim}")
    columns = {column.name for column in Transfer.__table__.columns}
    assert columns == {"id", "reason", "source", "day", "reverses_id"}
    assert db.session.scalars(select(Transfer.reason)).one() == "claim"


def spoil(claim, how):
    other = factories.customer()
    if how == "somebody else's":
        take(claim, other.id, date(2026, 11, 23))
    return {"unknown": "9" * 22}.get(how, claim)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("unknown", "This claim code is not valid. Please check it for typos."),
        ("somebody else's", "The points of this code have already been claimed."),
    ],
)
def test_each_refused_code_shows_its_reason(phone, claim, how, sentence):
    code = spoil(claim, how)
    reply = phone.get(f"/c/{code}")
    assert reply.status_code == 404
    assert sentence in reply.text
    phone.sign_in()
    reply = phone.post(f"/w/claims/{code}")
    assert reply.status_code == 422
    assert sentence in reply.text
    assert "View my points" in reply.text


def test_a_code_of_any_length_is_only_unknown(phone, texts):
    code = "x" * 3000
    assert phone.get(f"/w/claims/{code}").status_code == 404
    phone.post(f"/w/claims/{code}", phone="13800138000")
    assert (
        "This claim code is not valid. Please check it for typos."
        in phone.post("/w/code", code=texts.code).text
    )


def test_an_expired_claim_shows_its_last_day(phone):
    code = factories.claim(20, expires_on=date(2026, 1, 31))
    assert "had to be claimed by January 31, 2026" in phone.get(f"/c/{code}").text


def test_unknown_spent_and_expired_codes_run_the_same_statements(phone, claim):
    expired = factories.claim(20, expires_on=date(2026, 1, 31))
    spoil(claim, "somebody else's")
    phone.sign_in()
    token = phone.token()
    for method, data in (("GET", None), ("POST", {"token": token})):
        asked = [statements(phone, method, code, data) for code in ("9" * 22, claim, expired)]
        assert asked[0] == asked[1] == asked[2] != []


def statements(phone, method, code, data):
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        phone.client.open(f"/w/claims/{code}", method=method, data=data, headers=phone.headers)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return asked


def test_insiders_earn_nothing_and_see_the_reason(phone, claim):
    with transaction() as session:
        blind = index_of("phone", "+8613800138000")
        session.add(Insider(kind="phone", blind=blind, added_on=date(2026, 1, 1)))
    phone.post(f"/w/claims/{claim}", phone="13800138000")
    page = phone.post("/w/code", code=phone.texts.code)
    assert page.status_code == 422
    assert "Company staff cannot earn points." in page.text
    assert points() == 0


def test_a_claim_beyond_the_daily_limit_stays_open(phone):
    campaign = factories.campaign(20, daily_cap=30)
    first, second = (factories.claim(20, campaign) for _ in range(2))
    phone.sign_in()
    phone.post(f"/w/claims/{first}")
    page = phone.post(f"/w/claims/{second}")
    assert page.status_code == 422
    assert "limit of 30 points for a wallet" in page.text
    assert "Claim 20 points" in page.text
    assert points() == 20


def test_doubtful_points_show_when_they_can_be_spent(phone):
    code = factories.claim(20, doubt="burst")
    phone.sign_in()
    page = phone.post(f"/w/claims/{code}")
    assert "Your points are under review. You can spend them by" in page.text
    assert (points(), points("pending")) == (0, 20)


def test_points_of_a_device_with_many_wallets_wait_for_a_review(phone, texts):
    for number in range(4):
        code = factories.claim(10)
        phone.post("/w/sign-out")
        phone.post(f"/w/claims/{code}", phone=f"138001380{number:02d}")
        phone.post("/w/code", code=texts.code)
    assert points("pending") > 0
    assert points() + points("pending") == 40


@pytest.mark.parametrize("typed", ["", "12", "hello"])
def test_an_invalid_number_is_asked_for_again(phone, claim, texts, typed):
    reply = phone.post(f"/w/claims/{claim}", phone=typed)
    assert reply.status_code == 422
    assert (
        "This is not a valid mobile number. Enter the 11 digits of a Chinese number, or + and "
        "the country code for others."
    ) in reply.text
    assert 'href="#phone"' in reply.text
    assert "20 points" in reply.text
    assert texts.sent == []


def test_too_many_codes_are_refused_with_the_time_to_wait(phone, claim):
    for number in range(10):
        phone.post(f"/w/claims/{claim}", phone=f"138001380{number:02d}")
    reply = phone.post(f"/w/claims/{claim}", phone="13900139000")
    assert reply.status_code == 429
    assert "Too many codes were requested. Please try again in" in reply.text


def test_whether_a_number_has_a_wallet_cannot_be_seen(new_phone, claim):
    factories.customer("+8613900139000")
    with_wallet, without = (new_phone() for _ in range(2))
    first = with_wallet.post(f"/w/claims/{claim}", phone="13900139000", follow=False)
    second = without.post(f"/w/claims/{claim}", phone="13800138000", follow=False)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    pages = [phone.post("/w/code", code="000000") for phone in (with_wallet, without)]
    assert pages[0].status_code == pages[1].status_code == 422


def test_a_form_of_another_site_or_device_is_rejected(phone, new_phone, claim):
    phone.sign_in()
    foreign = new_phone().token()
    for fields in ({}, {"token": "x"}, {"token": foreign}, {"token": "ü"}):
        reply = phone.client.post(f"/w/claims/{claim}", data=fields, headers=phone.headers)
        assert reply.status_code == 400
        assert "This page has expired" in reply.text
    phone.headers["Sec-Fetch-Site"] = "cross-site"
    assert phone.post(f"/w/claims/{claim}").status_code == 400
    assert points() == 0


def test_a_claim_does_not_record_where_it_was_earned(phone):
    """Neither are a wallet's cookies sent with a response nor a response's with a wallet; no address is
    sent."""
    link = factories.link(points=20)
    phone.get(f"/s/{link.code}")
    phone.sign_in()
    answers, wallet = phone.cookies(f"/s/{link.code}"), phone.cookies("/w/claims/x")
    assert "page" in answers
    assert {"device", "wallet"} <= wallet
    assert answers & wallet == set()
    assert phone.cookies("/c/x") == set()
    for path in ("/w/", "/w/claims/x"):
        assert phone.get(path).headers.getlist("Referrer-Policy") == ["no-referrer"]
        assert phone.get(path).headers["Cache-Control"] == "no-store"


def test_an_identity_has_one_blind_index(phone, claim):
    phone.sign_in()
    phone.sign_in()
    assert db.session.scalar(select(func.count()).select_from(Identity)) == 1

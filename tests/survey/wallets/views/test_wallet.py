"""Tests of the page of a wallet."""

from __future__ import annotations

from datetime import date, timedelta

from survey import settings
from survey.people import customers
from survey.rewards.taking import take
from survey.rewards.wallet import PAGE
from tests import factories

NUMBER = "+8613800138000"


def signed_in_customer():
    return customers.enter("phone", NUMBER, date(2026, 11, 1))


def test_an_empty_wallet_shows_how_to_earn_points(phone):
    phone.sign_in()
    page = phone.get("/w/").text
    assert "0 points" in page
    assert (
        "No points yet. Scan the QR code at a service point, answer a few questions and claim your points."
    ) in page


def test_the_wallet_shows_points_with_their_expiry_and_history(phone):
    today = settings.current().today()
    short = factories.campaign(20, valid_months=1, title={"zh": "短期", "en": "Short"})
    long = factories.campaign(30, valid_months=24, title={"zh": "长期", "en": "Long"})
    for campaign, points in ((short, 20), (long, 30)):
        take(factories.claim(points, campaign), signed_in_customer().id, today)
    phone.sign_in()
    page = phone.get("/w/").text
    assert "50 points" in page
    assert (
        page.index("until") < page.index("For your feedback · Long") < page.index("For your feedback · Short")
    )
    assert page.count("until ") >= 2
    assert "+20" in page
    assert "+30" in page


def test_points_under_review_show_when_they_can_be_spent(phone):
    today = settings.current().today()
    take(factories.claim(20, doubt="burst"), signed_in_customer().id, today)
    phone.sign_in()
    page = phone.get("/w/").text
    assert "20 points are under review" in page
    assert "<strong>0 points</strong>" in page
    assert "under review</em>" in page


def test_expired_points_are_not_counted(phone):
    take(factories.claim(20), signed_in_customer().id, date(2025, 1, 1))
    phone.sign_in()
    assert "<strong>0 points</strong>" in phone.get("/w/").text


def test_history_has_pages(phone):
    today = settings.current().today()
    owner = signed_in_customer()
    for number in range(PAGE + 1):
        take(factories.claim(1), owner.id, today - timedelta(days=PAGE - number))
    phone.sign_in()
    first = phone.get("/w/").text
    assert first.count("For your feedback") == PAGE
    assert f"?from={PAGE}" in first
    last = phone.get(f"/w/?from={PAGE}").text
    assert last.count("For your feedback") == 1
    assert "Latest" in last
    for strange in ("-5", "x", "99999999999999999999"):
        assert phone.get(f"/w/?from={strange}").status_code == 200


def test_nobody_sees_the_wallet_without_signing_in(phone):
    assert phone.get("/w/").request.path == "/w/sign-in"

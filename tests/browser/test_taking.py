"""From the thank-you page to the wallet, on a phone and in Chinese; nothing tells where it began."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from survey.channels.sms import Outbox
from tests.browser.customers import ANSWERS, SEND, tap
from tests.catalogue import zh

NUMBER = "13700137000"


@pytest.fixture
def phone(open_page, live):
    """A phone that has just handed in."""
    page = open_page("/s/{link}")
    tap(page, ANSWERS[0])
    page.click(SEND)
    page.wait_for_url("**/thanks*")
    return page


def code(live) -> str:
    outbox = live.app.extensions["sms"]
    assert isinstance(outbox, Outbox)
    return next(word for word in outbox.messages()[0]["text"].replace("，", " ").split() if word.isdigit())


def sign_in_and_take(phone: Page, live) -> None:
    phone.click("a.g")
    phone.fill("#phone", NUMBER)
    phone.click("main form button")
    phone.fill("#code", code(live))
    phone.locator("main form button").first.click()


def test_points_are_taken_by_number_and_seen_in_the_wallet(phone, live):
    asked: list[Request] = []
    phone.on("request", lambda request: asked.append(request))
    points = phone.locator(".k strong").inner_text()
    sign_in_and_take(phone, live)
    expect(phone.locator("h1")).to_have_text(zh("Points received"))
    expect(phone.locator(".k strong")).to_have_text(f"+{points}")
    phone.click("a.g")
    expect(phone.locator("h1")).to_have_text(zh("My points"))
    expect(phone.locator(".k strong")).to_contain_text(zh("Points"))
    expect(phone.locator(".rows").last).to_contain_text(zh("For your feedback"))
    link = live.names["link"]
    for request in asked:
        sent = request.all_headers()
        assert link not in sent.get("referer", "") + sent.get("cookie", "") + request.url
        assert "page=" not in sent.get("cookie", "")


def test_a_customer_who_is_signed_in_takes_points_in_two_taps(phone, live):
    live.sign_in(phone.context, "customer")
    phone.click("a.g")
    expect(phone.locator("h1")).to_have_text(zh("Claim your points"))
    phone.click("main form button")
    expect(phone.locator("h1")).to_have_text(zh("Points received"))
    phone.go_back()
    phone.goto(live.address("/s/{link}/thanks"))
    phone.click("a.g")
    expect(phone.locator("h1")).to_have_text(zh("Points received"))


def test_answers_are_sent_without_the_wallet(open_page, live):
    page = open_page("/s/{link}?again", role="customer")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    tap(page, ANSWERS[1])
    page.click(SEND)
    page.wait_for_url("**/thanks*")
    assert asked
    for request in asked:
        cookies = request.all_headers().get("cookie", "")
        assert "wallet=" not in cookies
        assert "device=" not in cookies

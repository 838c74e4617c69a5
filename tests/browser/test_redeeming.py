"""From the wallet to the counter: a customer's phone and the employee's screen."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from survey import settings
from survey.rewards import catalogue
from survey.wallets import cookies
from survey.wallets.views.visitor import PATH, SESSION
from tests import factories
from tests.browser import company
from tests.browser.customers import scan

DETECTOR = """(code) => {
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ['qr_code'] }
    async detect() { return [{rawValue: code}] }
  }
  const picture = document.createElement('canvas')
  setInterval(() => picture.getContext('2d').fillRect(0, 0, 9, 9), 50)
  navigator.mediaDevices.getUserMedia = async () => picture.captureStream(5)
}"""


@pytest.fixture
def phone(open_page, live):
    """The wallet of a customer with points of their own, on their phone, in English."""
    page = open_page("/healthz", locale="en")
    with live.app.app_context():
        owner = factories.wallet(30, settings.current().today(), company.past_campaign())
        value = cookies.seal_cookie(SESSION, [owner.number, owner.session_key], time.time())
    page.context.add_cookies([{"name": SESSION, "value": value, "domain": "127.0.0.1", "path": PATH}])
    page.goto(live.address("/w/"))
    return page


def take(page: Page, name: str) -> str:
    """Takes a reward from the wallet; what its QR code says."""
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Redeem for 10 points").click()
    page.wait_for_url("**/w/codes/**")
    return scan(page.locator(".k svg").screenshot())


def test_a_gift_goes_from_the_wallet_over_the_counter(phone, open_page, axe):
    code = take(phone, "Travel mug")
    shown = phone.locator(".big").inner_text()
    assert shown.replace(" ", "") == code
    axe(phone)

    small = {"width": 360, "height": 740}
    counter = open_page("/admin/counter/", role="counter", locale="en", viewport=small)
    expect(counter.locator("#code")).to_be_focused()
    counter.keyboard.type(shown)
    counter.keyboard.press("Enter")
    expect(counter.get_by_role("heading", name="Travel mug")).to_be_visible()
    axe(counter)
    counter.get_by_role("button", name="Confirm handover").click()
    expect(counter.locator(".done")).to_contain_text("Done")
    expect(counter.locator("#code")).to_be_focused()
    axe(counter)

    phone.reload()
    expect(phone.locator("main")).to_contain_text("Used")
    counter.keyboard.type(code)
    counter.keyboard.press("Enter")
    expect(counter.get_by_role("alert").first).to_have_text("This code has been used.")
    expect(counter.locator("#code")).to_be_focused()

    counter.get_by_role("button", name="Undo").click()
    expect(counter.get_by_role("button", name="Undo")).to_have_count(0)
    phone.reload()
    expect(phone.locator(".big")).to_have_text(shown)


def test_the_camera_reads_the_code_where_the_browser_can(phone, open_page, live):
    code = take(phone, "Travel mug")
    counter = open_page("/healthz", role="counter", locale="en")
    expect(counter.locator("#scanner")).to_have_count(0)
    counter.add_init_script(f"({DETECTOR})('{code}')")
    counter.goto(live.address("/admin/counter/"))
    expect(
        counter.get_by_text(
            "The browser will ask for permission to use the camera. Images do not leave this device."
        )
    ).to_be_visible()
    counter.get_by_role("button", name="Scan with the camera").click()
    expect(counter.get_by_role("heading", name="Travel mug")).to_be_visible()


def test_a_camera_that_is_forbidden_is_explained(open_page, live):
    counter = open_page("/healthz", role="counter", locale="en")
    refuse = "navigator.mediaDevices.getUserMedia = async () => { throw new Error() }"
    counter.add_init_script(f"({DETECTOR})('1'); {refuse}")
    counter.goto(live.address("/admin/counter/"))
    counter.get_by_role("button", name="Scan with the camera").click()
    expect(counter.get_by_text("The camera cannot be used")).to_be_visible()


def test_without_a_script_the_code_is_typed(phone, open_page, live):
    code = take(phone, "Travel mug")
    counter = open_page("/admin/counter/", role="counter", locale="en", java_script_enabled=False)
    expect(counter.locator("#scanner")).to_be_hidden()
    counter.fill("#code", code)
    counter.get_by_role("button", name="Look up").click()
    counter.get_by_role("button", name="Confirm handover").click()
    expect(counter.locator(".done")).to_contain_text("Travel mug")
    with live.app.app_context():
        assert catalogue.offered_reward(int(live.names["gift"])) is not None

"""Tests of the page on which a code is entered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from survey.channels.sms import Outbox

ASKED_AT = datetime(2026, 11, 23, 4, 2, tzinfo=UTC)


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_code_may_be_typed_in_any_way(phone, texts):
    phone.post("/w/sign-in", phone="13800138000")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in texts.code)
    page = phone.post("/w/code", code=f" {wide[:3]} {wide[3:]} ")
    assert "My points" in page.text
    assert page.request.path == "/w/"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "-12345", "٣٣٣٣٣٣", "9" * 9999])
def test_a_malformed_code_is_rejected_and_costs_no_attempt(phone, texts, typed):
    phone.post("/w/sign-in", phone="13800138000")
    for _ in range(6):
        reply = phone.post("/w/code", code=typed)
        assert reply.status_code == 422
        assert "The code has 6 digits." in reply.text
        assert 'href="#code"' in reply.text
    assert phone.post("/w/code", code=texts.code).request.path == "/w/"


def test_a_wrong_code_is_rejected_and_five_invalidate_the_code(phone, texts):
    phone.post("/w/sign-in", phone="13800138000")
    for _ in range(4):
        assert (
            "The code is incorrect. Please check the latest message we sent you."
            in phone.post("/w/code", code=wrong(texts.code)).text
        )
    assert "was tried too often" in phone.post("/w/code", code=wrong(texts.code)).text
    reply = phone.post("/w/code", code=texts.code)
    assert reply.status_code == 422
    assert "This code has expired" in reply.text


def test_another_code_can_be_requested_after_a_minute(phone, texts, time_machine):
    time_machine.move_to(ASKED_AT, tick=False)
    phone.post("/w/sign-in", phone="13800138000")
    reply = phone.post("/w/code/again")
    assert reply.status_code == 429
    assert "You can request another in 61 seconds." in reply.text or "in 60 seconds" in reply.text
    time_machine.move_to(ASKED_AT + timedelta(seconds=61), tick=False)
    assert phone.post("/w/code/again").status_code == 200
    assert len(texts.sent) == 2


def test_a_double_tap_sends_one_text_message(phone, texts):
    pages = [phone.post("/w/sign-in", phone="13800138000") for _ in range(2)]
    assert [page.request.path for page in pages] == ["/w/code", "/w/code"]
    assert len(texts.sent) == 1


def test_a_failed_text_message_is_shown_and_can_be_retried_at_once(phone, texts):
    texts.fails = True
    reply = phone.post("/w/sign-in", phone="13800138000")
    assert reply.status_code == 422
    assert "The message with the code could not be sent. Please try again in a minute." in reply.text
    assert "13800138000" in reply.text
    texts.fails = False
    assert phone.post("/w/sign-in", phone="13800138000").request.path == "/w/code"


def test_signing_in_begins_again_after_ten_minutes(phone, texts, time_machine):
    time_machine.move_to(ASKED_AT, tick=False)
    phone.post("/w/sign-in", phone="13800138000")
    time_machine.move_to(ASKED_AT + timedelta(minutes=11), tick=False)
    for reply in (phone.get("/w/code"), phone.post("/w/code", code=texts.code), phone.post("/w/code/again")):
        assert reply.request.path == "/w/sign-in"


def test_a_code_without_a_request_leads_to_the_sign_in(phone):
    for reply in (phone.get("/w/code"), phone.post("/w/code", code="123456"), phone.post("/w/code/again")):
        assert (reply.status_code, reply.request.path) == (200, "/w/sign-in")


def test_the_page_shows_when_no_text_message_is_sent(phone, texts, embedded_app, tmp_path):
    phone.post("/w/sign-in", phone="13800138000")
    assert "A 6-digit code was sent to +86 138 **** 8000." in phone.get("/w/code").text
    embedded_app.extensions["sms"] = Outbox(tmp_path)
    assert (
        "SMS is not set up (test environment): the code is on the server console, and "
        "administrators find it under “Unsent messages”."
    ) in phone.get("/w/code").text


def test_neither_number_nor_code_is_in_an_address_or_readable_in_a_cookie(phone, texts, claim):
    reply = phone.post(f"/w/claims/{claim}", follow=False, phone="13800138000")
    assert reply.location == "/w/code"
    kept = " ".join(cookie.value for cookie in phone.client._cookies.values())
    assert "13800138000" not in kept
    assert texts.code not in reply.headers.get("Set-Cookie", "")
    assert "+8613800138000" not in phone.get("/w/code").text

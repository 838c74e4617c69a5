"""Tests of signing in without a claim, and of signing out here and everywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

BEGAN = datetime(2026, 11, 23, 4, tzinfo=UTC)


def is_in(phone):
    return phone.get("/w/").request.path == "/w/"


def test_a_session_is_a_cookie_of_its_own_for_wallets_alone(phone):
    phone.sign_in()
    cookie = next(kept for kept in phone.client._cookies.values() if kept.key == "wallet")
    assert (cookie.path, cookie.http_only, cookie.same_site) == ("/w", True, "Lax")
    assert cookie.max_age == 180 * 86400
    assert "session" not in {kept.key for kept in phone.client._cookies.values()}


def test_a_session_lasts_half_a_year_from_the_last_visit_on(phone, time_machine):
    time_machine.move_to(BEGAN)
    phone.sign_in()
    time_machine.move_to(BEGAN + timedelta(days=170))
    assert is_in(phone)
    time_machine.move_to(BEGAN + timedelta(days=340))
    assert is_in(phone)
    time_machine.move_to(BEGAN + timedelta(days=521))
    assert not is_in(phone)


def test_a_forged_cookie_signs_nobody_in(phone, new_phone, time_machine):
    phone.sign_in()
    value, device = (phone.client.get_cookie(name, path="/w").value for name in ("wallet", "device"))
    other = new_phone()
    another = "B" if value.startswith("A") else "A"
    for forged in ("", "x", value[:-2], another + value[1:], value[:20], device):
        other.client.set_cookie("wallet", forged, path="/w")
        assert not is_in(other)


def test_signing_out_ends_the_session_on_this_device(phone, new_phone, time_machine):
    time_machine.move_to(BEGAN, tick=False)
    phone.sign_in()
    time_machine.move_to(BEGAN + timedelta(hours=1), tick=False)
    other = new_phone()
    other.sign_in()
    reply = phone.post("/w/sign-out")
    assert reply.request.path == "/w/sign-in"
    assert not is_in(phone)
    assert is_in(other)


def test_signing_out_everywhere_ends_the_sessions_on_every_device(phone, new_phone, time_machine):
    time_machine.move_to(BEGAN, tick=False)
    phone.sign_in()
    time_machine.move_to(BEGAN + timedelta(hours=1), tick=False)
    other = new_phone()
    other.sign_in()
    phone.post("/w/sign-out-everywhere")
    assert not is_in(phone)
    assert not is_in(other)


def test_a_signed_in_customer_is_not_asked_again(phone):
    phone.sign_in()
    assert phone.get("/w/sign-in").request.path == "/w/"


def test_an_invalid_number_is_rejected(phone):
    reply = phone.post("/w/sign-in", phone="110")
    assert reply.status_code == 422
    assert (
        "This is not a valid mobile number. Enter the 11 digits of a Chinese number, or + and "
        "the country code for others."
    ) in reply.text
    assert 'value="110"' in reply.text


def test_too_many_codes_are_refused(phone):
    for number in range(10):
        phone.post("/w/sign-in", phone=f"138001380{number:02d}")
    assert phone.post("/w/sign-in", phone="13900139000").status_code == 429

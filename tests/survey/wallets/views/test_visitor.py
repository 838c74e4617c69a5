"""Tests of the visitor of a wallet and of what every page of a wallet has."""

from __future__ import annotations

import pytest

from survey.wallets.views.visitor import Visitor
from tests.catalogue import zh


@pytest.mark.parametrize(
    ("came_from", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_the_phones_of_one_network_have_one_address(embedded_app, came_from, counted_as):
    with embedded_app.test_request_context("/w/", environ_base={"REMOTE_ADDR": came_from}):
        assert Visitor().address == counted_as


def test_a_device_keeps_its_name_which_no_page_shows(phone):
    phone.get("/w/sign-in")
    first = phone.client.get_cookie("device", path="/w")
    phone.get("/w/sign-in")
    assert phone.client.get_cookie("device", path="/w").value == first.value
    assert (first.path, first.http_only) == ("/w", True)


def test_each_device_has_its_own_hash(embedded_app):
    with embedded_app.test_request_context("/w/"):
        first, second = Visitor(), Visitor()
        assert len(first.device_hash) == 16
        assert first.device_hash == first.device_hash != second.device_hash


def test_the_chosen_language_is_kept(phone):
    assert zh("View my points") in phone.get("/w/sign-in?lang=zh_Hans_CN").text
    assert zh("View my points") in phone.get("/w/sign-in").text
    assert "View my points" in phone.get("/w/sign-in?lang=en").text
    assert phone.get("/w/sign-in?lang=xx").status_code == 200


def test_cookies_are_secure_behind_https(new_application, new_settings, new_database):
    app = new_application(new_settings(new_database("sqlite"), public_url="https://hy.example.cn"))
    reply = app.test_client().get("/w/sign-in", base_url="https://localhost")
    assert "Secure" in reply.headers["Set-Cookie"]

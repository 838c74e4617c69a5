"""Tests that nobody else can make, change or read our cookies."""

from __future__ import annotations

import pytest

from survey.wallets.cookies import open_cookie, seal_cookie

NOW = 1_800_000_000.0


def test_a_cookie_returns_its_values_with_their_age(embedded_app):
    cookie = seal_cookie("device", ["abc", "手机"], NOW)
    assert open_cookie("device", cookie, NOW + 5.5, 10) == (["abc", "手机"], 5.5)


def test_a_cookie_is_valid_for_one_purpose_and_a_time(embedded_app):
    cookie = seal_cookie("device", ["abc"], NOW)
    assert open_cookie("wallet", cookie, NOW, 10) is None
    assert open_cookie("device", cookie, NOW + 11, 10) is None


@pytest.mark.parametrize("end", ["", "A", "="])
@pytest.mark.parametrize("begin", ["", "A"])
def test_a_changed_cookie_is_rejected(embedded_app, begin, end):
    cookie = seal_cookie("device", ["abc"], NOW)
    assert open_cookie("device", begin + cookie[1:-4] + end, NOW, 10) is None
    assert open_cookie("device", cookie + (end or "B"), NOW, 10) is None


@pytest.mark.parametrize("junk", ["", "x", "a" * 5000, "ü", "....", "AAAA"])
def test_junk_is_rejected(embedded_app, junk):
    assert open_cookie("device", junk, NOW, 10) is None

"""Tests that moments are kept in UTC and shown in the company's time zone."""

from datetime import datetime

import pytest

from admin.local_time import to_local_time, to_utc

NOON_UTC = datetime.fromisoformat("2026-11-30T12:00")
EVENING = datetime.fromisoformat("2026-11-30T20:00")


def test_a_moment_is_shown_on_the_clock_of_the_company_and_kept_in_utc():
    assert to_local_time(NOON_UTC, "Asia/Shanghai") == EVENING
    assert to_utc(EVENING, "Asia/Shanghai") == NOON_UTC


@pytest.mark.parametrize("convert", [to_local_time, to_utc])
def test_none_stays_none(convert):
    assert convert(None, "Asia/Shanghai") is None

"""A code proves a number: once, for five minutes, in five tries; and nobody gets many of them."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from sqlalchemy import func, select

from survey import settings
from survey.db import db
from survey.people.models import CodeCount, OneTimeCode
from survey.people.one_time_codes import Asker, TooMany, TooSoon, issue, purge, spend, withdraw
from survey.refusal import Refused
from tests import factories
from tests.locks import PATIENCE, locked, meanwhile
from tests.processes import at_once

NUMBER = "+8613800138000"
NOW = settings.now().replace(minute=0, second=0, microsecond=0)
MINUTE = timedelta(minutes=1)


def ask(number=NUMBER, device="phone", address="192.0.2.1", now=NOW):
    return issue(Asker(number, device, address), now)


def other_than(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_code_that_was_sent_is_right_once(app):
    code = ask()
    assert len(code) == 6
    assert code.isdigit()
    spend(NUMBER, code, "phone", NOW + 4 * MINUTE)
    with pytest.raises(Refused, match="This code has expired"):
        spend(NUMBER, code, "another phone", NOW + 4 * MINUTE)


def test_the_device_that_spent_a_code_may_repeat_itself_when_the_reply_was_lost(app):
    code = ask()
    spend(NUMBER, code, "phone", NOW)
    spend(NUMBER, code, "phone", NOW + 4 * MINUTE)
    with pytest.raises(Refused, match="This code has expired"):
        spend(NUMBER, other_than(code), "phone", NOW)
    with pytest.raises(Refused, match="This code has expired"):
        spend(NUMBER, code, "phone", NOW + 5 * MINUTE)


def test_a_code_ends_after_five_minutes(app):
    code = ask()
    with pytest.raises(Refused, match="This code has expired"):
        spend(NUMBER, code, "phone", NOW + 5 * MINUTE)


def test_after_five_wrong_codes_the_right_code_is_rejected(app):
    code = ask()
    for _ in range(4):
        with pytest.raises(Refused, match="Please check the latest message we sent you"):
            spend(NUMBER, other_than(code), "phone", NOW)
    with pytest.raises(Refused, match="tried too often"):
        spend(NUMBER, other_than(code), "phone", NOW)
    with pytest.raises(Refused, match="This code has expired"):
        spend(NUMBER, code, "phone", NOW)


def test_a_code_is_for_its_number_and_a_number_without_one_is_told_the_same(app):
    code = ask()
    with pytest.raises(Refused, match="This code has expired"):
        spend("+8613900139000", code, "phone", NOW)


def test_the_latest_code_counts_alone(app):
    first, second = ask(), ask(now=NOW + MINUTE)
    if first != second:
        with pytest.raises(Refused, match="incorrect"):
            spend(NUMBER, first, "phone", NOW + MINUTE)
    spend(NUMBER, second, "phone", NOW + MINUTE)


def test_only_keyed_hashes_of_a_code_and_its_number_are_kept(app):
    code = ask()
    row = db.session.scalars(select(OneTimeCode)).one()
    kept = row.blind + row.code_hash
    assert code.encode() not in kept
    assert b"13800138000" not in kept


def test_a_minute_lies_between_two_codes_unless_the_first_could_not_be_sent(app):
    ask()
    with pytest.raises(TooSoon) as refused:
        ask(now=NOW + timedelta(seconds=20))
    assert 40 <= refused.value.seconds <= 41
    withdraw(Asker(NUMBER, "phone", "192.0.2.1"), NOW)
    ask(now=NOW + timedelta(seconds=20))


def test_what_was_not_even_tried_is_counted_for_nobody(app):
    for seconds in range(20):
        now = NOW + timedelta(seconds=seconds)
        ask(now=now)
        withdraw(Asker(NUMBER, "phone", "192.0.2.1"), now, was_tried=False)
    ask()
    assert set(db.session.scalars(select(CodeCount.count))) == {1}


def test_a_number_gets_five_codes_an_hour_and_ten_a_day(app):
    for number in range(5):
        ask(now=NOW + number * MINUTE, device=f"d{number}", address=f"a{number}")
    with pytest.raises(TooMany) as refused:
        ask(now=NOW + 10 * MINUTE, device="d9", address="a9")
    assert refused.value.seconds == pytest.approx(50 * 60, abs=1)
    ask("+8613900139000", now=NOW + 10 * MINUTE)
    day = NOW.replace(hour=0)
    for hour in (1, 2):
        for number in range(5):
            at = day + timedelta(days=1, hours=hour) + number * MINUTE
            ask(now=at, device=f"d{hour}{number}", address=f"a{hour}{number}")
    with pytest.raises(TooMany):
        ask(now=day + timedelta(days=1, hours=5), device="d99", address="a99")
    ask(now=day + timedelta(days=2, hours=5), device="d99", address="a99")


def test_a_device_gets_ten_codes_an_hour_and_an_address_a_hundred(app):
    for number in range(10):
        ask(f"+86138001380{number:02d}", address=f"a{number}")
    with pytest.raises(TooMany):
        ask("+8613900139000")
    for number in range(100):
        ask(f"+86138001381{number:02d}"[:14], device=f"d{number}", address="shop")
    with pytest.raises(TooMany):
        ask("+8613900139000", device="fresh", address="shop")


def test_a_refused_request_is_not_counted(app):
    ask()
    for _ in range(20):
        with pytest.raises(TooSoon):
            ask()
    assert db.session.scalar(select(func.max(CodeCount.count))) == 1


def test_a_number_with_a_wallet_is_treated_like_any_other(app):
    factories.customer(NUMBER)
    ask()
    with pytest.raises(TooSoon):
        ask()
    ask("+8613900139000")
    with pytest.raises(TooSoon):
        ask("+8613900139000")


def test_only_one_of_concurrent_requests_for_a_number_gets_a_code(app):
    asked = [(f"d{number}",) for number in range(4)]
    results = at_once(app.config["SETTINGS"], _ask, asked)
    assert sorted(results) == ["TooSoon", "TooSoon", "TooSoon", "code"]


def test_concurrent_requests_from_an_address_are_all_counted(app):
    numbers = [(f"d{number}", f"+86138001380{number:02d}") for number in range(6)]
    assert at_once(app.config["SETTINGS"], _ask, numbers) == ["code"] * 6
    assert db.session.scalar(select(func.max(CodeCount.count))) == 6


def _ask(device: str, number: str = NUMBER) -> str:
    try:
        ask(number, device)
    except Refused as refused:
        return type(refused).__name__
    return "code"


def test_a_right_code_that_is_sent_twice_at_once_opens_on_one_device(app):
    code = ask()
    results = at_once(app.config["SETTINGS"], _spend, [(code, f"d{number}") for number in range(4)])
    assert sorted(results) == ["refused", "refused", "refused", "right"]


def _spend(code: str, device: str) -> str:
    try:
        spend(NUMBER, code, device, NOW)
    except Refused:
        return "refused"
    return "right"


def test_codes_that_somebody_asks_for_just_now_are_forgotten_the_next_time(postgresql_app, time_machine):
    """Who asks takes counts before the code; the worker, the other way round, waits for nobody."""
    ask()
    time_machine.move_to((NOW + timedelta(days=2)).replace(tzinfo=UTC))
    with (
        locked("SELECT count FROM code_count WHERE count = 1 FOR UPDATE"),
        meanwhile(purge) as done,
    ):
        assert done.result(PATIENCE) == 1
    assert purge() == 4


def test_old_codes_and_counts_are_forgotten(app, time_machine):
    ask()
    later = NOW + timedelta(days=2)
    ask("+8613900139000", device="other", address="elsewhere", now=later)
    time_machine.move_to(later.replace(tzinfo=UTC))
    assert purge() == 5
    assert purge() == 0
    assert db.session.scalar(select(func.count()).select_from(OneTimeCode)) == 1
    assert db.session.scalar(select(func.count()).select_from(CodeCount)) == 4

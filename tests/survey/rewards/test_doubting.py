"""What is doubtful about a taking, by the wallet's day and the device's week."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from survey.db import db
from survey.rewards import doubting
from survey.rewards.models.reviews import DeviceDay
from survey.rewards.rules.doubts import DAYS, TAKINGS, WALLETS
from survey.rewards.taking import take
from tests import factories
from tests.factories import TODAY
from tests.locks import PATIENCE, locked, meanwhile

DEVICE, OTHER = b"1" * 16, b"2" * 16
NOW = 1_790_000_000.0


def signs(customer, device=DEVICE, mark="", today=TODAY, now=NOW):
    found = doubting.signs(device, customer.id, mark, now, today)
    return [one for one in found if one[0] != "device"]


def test_a_customer_who_takes_points_now_and_then_is_not_doubtful(app):
    assert signs(factories.wallet(10, TODAY)) == []


def test_a_wallet_that_takes_many_claims_a_day_is(app):
    customer = factories.customer()
    for _ in range(TAKINGS):
        assert signs(customer) == []
        take(factories.claim(5, expires_on=TODAY), customer.id, TODAY)
    assert signs(customer) == [("many", TAKINGS + 1)]
    assert signs(customer, today=TODAY + timedelta(1)) == []


def test_a_device_that_fills_several_wallets_in_a_week_is(app):
    people = [factories.customer() for _ in range(WALLETS + 1)]
    assert [signs(one, today=TODAY - timedelta(6)) for one in people[:-1]] == [[]] * WALLETS
    assert signs(people[0]) == []  # the same wallet again
    assert signs(people[-1], OTHER) == []
    assert signs(people[-1]) == [("shared", WALLETS + 1)]
    assert signs(people[-1], today=TODAY + timedelta(DAYS)) == []


def test_a_device_on_which_staff_signed_in_is(app):
    mark = doubting.staff_mark(NOW - 600)
    assert signs(factories.customer(), mark=mark) == [("staff", 10)]


@pytest.mark.parametrize("mark", ["x", "====", "%", "AAAA", "é"])
def test_a_mark_that_is_not_ours_says_nothing(app, mark):
    assert signs(factories.customer(), mark=mark) == []


def test_the_mark_does_not_say_who(app):
    assert doubting.staff_mark(NOW) != doubting.staff_mark(NOW)


def test_devices_are_forgotten_after_a_week(app):
    signs(factories.customer(), today=TODAY - timedelta(DAYS))
    signs(factories.customer())
    with time_machine.travel(datetime.combine(TODAY, time(12), UTC)):
        if db.engine.name == "postgresql":  # what somebody who deletes her wallet is removing is left to her
            with locked("SELECT day FROM device_day FOR UPDATE"), meanwhile(doubting.forget) as done:
                assert done.result(PATIENCE) == 0
        assert doubting.forget() == 1
        assert doubting.forget() == 0
    assert db.session.scalar(select(func.count()).select_from(DeviceDay)) == 1

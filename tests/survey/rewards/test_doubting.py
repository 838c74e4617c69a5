"""Tests of the signs of a doubtful taking, from the wallet's day and the device's week."""

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
    evidence = doubting.signs(device, customer.id, mark, now, today)
    return [sign for sign in evidence if sign[0] != "device"]


def test_occasional_takings_are_not_doubtful(app):
    assert signs(factories.wallet(10, TODAY)) == []


def test_many_takings_of_a_wallet_in_a_day_are_doubtful(app):
    customer = factories.customer()
    for _ in range(TAKINGS):
        assert signs(customer) == []
        take(factories.claim(5, expires_on=TODAY), customer.id, TODAY)
    assert signs(customer) == [("many", TAKINGS + 1)]
    assert signs(customer, today=TODAY + timedelta(1)) == []


def test_a_device_of_several_wallets_in_a_week_is_doubtful(app):
    people = [factories.customer() for _ in range(WALLETS + 1)]
    assert [signs(customer, today=TODAY - timedelta(6)) for customer in people[:-1]] == [[]] * WALLETS
    assert signs(people[0]) == []  # the same wallet again
    assert signs(people[-1], OTHER) == []
    assert signs(people[-1]) == [("shared", WALLETS + 1)]
    assert signs(people[-1], today=TODAY + timedelta(DAYS)) == []


def test_a_device_on_which_staff_signed_in_is_doubtful(app):
    mark = doubting.staff_mark(NOW - 600)
    assert signs(factories.customer(), mark=mark) == [("staff", 10)]


@pytest.mark.parametrize("mark", ["x", "====", "%", "AAAA", "é"])
def test_a_forged_mark_is_ignored(app, mark):
    assert signs(factories.customer(), mark=mark) == []


def test_the_mark_does_not_identify_the_user(app):
    assert doubting.staff_mark(NOW) != doubting.staff_mark(NOW)


def test_devices_are_forgotten_after_a_week(app):
    signs(factories.customer(), today=TODAY - timedelta(DAYS))
    signs(factories.customer())
    with time_machine.travel(datetime.combine(TODAY, time(12), UTC)):
        if db.engine.name == "postgresql":  # rows that a deletion of a wallet has locked are skipped
            with locked("SELECT day FROM device_day FOR UPDATE"), meanwhile(doubting.forget) as done:
                assert done.result(PATIENCE) == 0
        assert doubting.forget() == 1
        assert doubting.forget() == 0
    assert db.session.scalar(select(func.count()).select_from(DeviceDay)) == 1

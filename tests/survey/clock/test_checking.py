"""Nothing irreversible is done on a clock that jumped ahead."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from survey import settings
from survey.clock import checking, queries
from survey.clock.checking import Guard
from survey.db import db

TODAY = date(2026, 11, 24)


@pytest.fixture
def on(app):
    """Return a function that moves the clock by so many days for a while."""

    def on(days=0):
        moment = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(days, hours=4)
        return time_machine.travel(moment, tick=False)

    return on


def newest():
    db.session.rollback()
    return queries.newest()


class Work:
    def __init__(self):
        self.days = []

    def __call__(self):
        self.days.append(settings.current().today())
        return 1


def test_work_on_a_first_day_and_on_the_days_after_is_done_and_noted(on):
    guard, work = Guard(), Work()
    assert newest() is None
    for days in (0, 0, 1, 8, 7, 15):
        with on(days):
            assert guard.run(work) == 1
    assert newest() == TODAY + timedelta(15)


def test_a_clock_that_jumps_ahead_does_nothing_until_it_is_right_again(on, caplog):
    guard, work = Guard(), Work()
    with on():
        guard.run(work)
    for _ in range(3):
        with on(800):
            assert guard.run(work) == 0
            assert Guard().run(work) == 0
    with on():
        assert guard.run(work) == 1
    assert work.days == [TODAY, TODAY]
    assert newest() == TODAY
    mine = [record for record in caplog.records if record.name == checking.__name__]
    assert [record.levelname for record in mine] == ["ERROR"] * 4 + ["WARNING"]
    assert "800 days ahead" in mine[0].getMessage()


def test_seven_days_are_a_rest_and_eight_are_a_jump(on):
    with on():
        Guard().run(Work())
    with on(7):
        assert checking.find_jump() is None
    with on(8):
        assert checking.find_jump() == (TODAY, TODAY + timedelta(8))


def test_an_administrator_accepts_a_date_and_may_take_it_back(on):
    guard, work = Guard(), Work()
    with on():
        guard.run(work)
    with on(800):
        assert checking.accept().days == 800
        assert guard.run(work) == 1
    with on():
        assert checking.accept() is None
        assert guard.run(work) == 1
    with on(800):
        assert guard.run(work) == 0


def test_the_date_that_was_checked_is_the_one_that_is_worked_with(on):
    days = []

    def jump():
        with on(800):
            days.extend([settings.current().today(), settings.current().closing_day()])
            days.append(settings.now().date())
        return 1

    with on():
        assert Guard().run(jump) == 1
    assert days == [TODAY] * 3

"""When a batch closes, and what it takes at least, follows from the past alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.batches.rules import calendar
from survey.batches.rules.calendar import FEWEST, LONGEST, UNKNOWN, Terms

OPENED = date(2026, 3, 1)
LONG_AGO = date(2025, 1, 1)
RATES = st.just(0.0) | st.floats(0.001, 1000)


def daily(n: int, number: int, before: date = OPENED) -> dict[date, int]:
    """Return ``n`` answers on each of the last ``number`` days before a day."""
    return {before - timedelta(i): n for i in range(1, number + 1)}


@pytest.mark.parametrize(
    ("rate", "days"), [(0, 28), (0.01, 91), (0.5, 40), (1, 20), (3, 7), (10, 2), (19.9, 2), (20, 1), (500, 1)]
)
def test_a_batch_is_so_long_that_it_usually_brings_twenty(rate, days):
    assert calendar.length(rate) == days


@pytest.mark.parametrize(
    ("rate", "days", "floor"), [(0, 28, 20), (0.1, 91, 10), (1, 20, 10), (3, 7, 10), (10, 2, 10), (50, 1, 25)]
)
def test_a_batch_releases_at_least_half_of_the_usual(rate, days, floor):
    assert calendar.floor(rate, days) == floor


def test_a_raised_k_raises_what_a_batch_releases_at_least():
    assert [calendar.floor(rate, 2, 30) for rate in (0, 10, 100)] == [30, 30, 100]


@pytest.mark.parametrize(("days", "reserve"), [(1, 60), (2, 30), (7, 9), (15, 4), (28, 4), (91, 4)])
def test_shorter_batches_have_a_larger_reserve(days, reserve):
    assert calendar.reserve(days) == reserve


def test_the_first_batch_of_a_queue_takes_28_days_and_twenty_answers():
    assert calendar.terms(OPENED, 0) == Terms(OPENED, OPENED + timedelta(28), floor=20, reserve=4, rate=0)


def test_a_company_without_a_reserve_holds_nothing_back():
    assert calendar.terms(OPENED, 10, has_reserve=False).reserve == 0
    assert calendar.terms(OPENED, 10).reserve == 30


@given(RATES, st.integers(1, 50))
def test_terms_are_within_their_bounds(rate, least):
    terms = calendar.terms(OPENED, rate, least)
    assert 1 <= terms.days <= LONGEST
    assert terms.floor >= least
    assert terms.reserve >= 4
    assert terms.rate == rate
    assert calendar.terms(OPENED, rate).floor >= FEWEST


@given(RATES)
def test_a_postponed_batch_closes_as_long_again_later_and_is_otherwise_the_same(rate):
    terms = calendar.terms(OPENED, rate)
    postponed = terms.postponed()
    assert postponed.days == 2 * terms.days
    assert (postponed.opens_on, postponed.floor, postponed.reserve) == (OPENED, terms.floor, terms.reserve)
    assert postponed.postponed().days == 3 * terms.days


def test_the_rate_is_the_smaller_mean_of_the_last_two_periods():
    busy = daily(6, 28) | daily(3, 28, OPENED - timedelta(28))
    calm = daily(2, 28) | daily(3, 28, OPENED - timedelta(28))
    assert calendar.rate(busy, LONG_AGO, OPENED, expected=9) == 3
    assert calendar.rate(calm, LONG_AGO, OPENED, expected=9) == 2
    assert calendar.rate({}, LONG_AGO, OPENED, expected=9) == 0


def test_the_rate_is_never_more_than_an_administrator_expected():
    flooded = daily(30, 56)
    assert calendar.rate(flooded, LONG_AGO, OPENED, expected=1) == 1
    assert calendar.rate(flooded, LONG_AGO, OPENED) == 0


def test_the_expected_rate_counts_while_a_point_is_known_for_less_than_both_periods():
    answers = daily(5, 56)
    known = OPENED - timedelta(2 * UNKNOWN)
    assert calendar.rate(answers, known, OPENED, expected=7) == 5
    assert calendar.rate(answers, known + timedelta(1), OPENED, expected=7) == 7
    assert calendar.rate(answers, known + timedelta(1), OPENED) == 0


def test_periods_end_before_the_opening_day():
    first, middle = OPENED - timedelta(56), OPENED - timedelta(28)
    answers = {
        first - timedelta(1): 1,
        first: 10,
        middle - timedelta(1): 100,
        middle: 1_000,
        OPENED - timedelta(1): 10_000,
        OPENED: 100_000,
    }
    assert calendar.periods(answers, OPENED) == (110, 11_000)


ANY = 1_000.0
"""More answers a day than there are: what an administrator expected bounds nothing."""
DAYS = st.integers(-70, 40).map(lambda number: OPENED + timedelta(number))


@given(
    st.dictionaries(DAYS, st.integers(0, 50)),
    st.dictionaries(st.integers(0, 40).map(lambda number: OPENED + timedelta(number)), st.integers(1, 500)),
    st.dictionaries(DAYS, st.integers(1, 500)),
)
def test_neither_later_answers_nor_one_busy_period_make_batches_shorter(past, later, more):
    """An attacker who answers often would have to do so in both periods, 28 days long each."""
    rate = calendar.rate(past, LONG_AGO, OPENED, ANY)
    with_later = {day: past.get(day, 0) + later.get(day, 0) for day in {*past, *later}}
    assert calendar.rate(with_later, LONG_AGO, OPENED, ANY) == rate
    middle = OPENED - timedelta(UNKNOWN)
    flooded = {day: past.get(day, 0) + (more.get(day, 0) if day >= middle else 0) for day in {*past, *more}}
    assert calendar.rate(flooded, LONG_AGO, OPENED, ANY) <= calendar.periods(past, OPENED)[0] / UNKNOWN

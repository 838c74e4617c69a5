"""Some answers of a batch change places with those held back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.batches.rules.calendar import EXCHANGED
from survey.batches.rules.exchange import Exchange, exchange

NUMBERS = st.integers(0, 200)
LEAST = st.integers(5, 60)
"""Floors of batches are 10 or more in companies, and 5 or more in tests."""


def test_the_first_batch_holds_four_back():
    assert exchange(arrived=50, held_back=0, wanted=4, least=20) == Exchange(leave=0, held=4)


def test_a_full_reserve_exchanges_four():
    assert exchange(50, 9, 9, 10) == Exchange(leave=4, held=4)


def test_a_reserve_that_should_be_larger_grows_by_four_while_four_leave():
    assert exchange(50, 9, 30, 10) == Exchange(leave=4, held=8)
    assert exchange(50, 9, 11, 10) == Exchange(leave=4, held=6)


def test_a_reserve_that_should_be_smaller_shrinks_by_one():
    assert exchange(50, 30, 4, 10) == Exchange(leave=5, held=4)


def test_a_reserve_that_is_not_wanted_empties():
    held_back, steps = 4, 0
    while held_back:
        change = exchange(50, held_back, 0, 10)
        assert change is not None
        held_back += change.held - change.leave
        steps += 1
    assert steps == 4


def test_too_few_wait_even_where_the_reserve_would_fill_the_batch():
    assert exchange(9, 60, 60, 10) is None
    assert exchange(10, 60, 60, 10) == Exchange(leave=4, held=4)


def test_fewer_are_held_back_where_the_batch_would_become_too_small():
    assert exchange(10, 0, 4, 10) == Exchange(0, 0)
    assert exchange(12, 0, 4, 10) == Exchange(0, 2)


@given(NUMBERS, NUMBERS, NUMBERS, LEAST)
def test_a_batch_never_releases_fewer_than_the_least(arrived, held_back, wanted, least):
    change = exchange(arrived, held_back, wanted, least)
    if change is None:
        assert arrived < least
    else:
        assert arrived >= least
        assert arrived - change.held + change.leave >= least


@given(NUMBERS, NUMBERS, NUMBERS, LEAST)
def test_only_what_is_there_changes_places(arrived, held_back, wanted, least):
    change = exchange(arrived, held_back, wanted, least)
    if change is not None:
        assert 0 <= change.leave <= held_back
        assert 0 <= change.held <= arrived


@given(NUMBERS, NUMBERS, NUMBERS, LEAST)
def test_the_reserve_grows_by_four_at_most_and_shrinks_by_one(arrived, held_back, wanted, least):
    change = exchange(arrived, held_back, wanted, least)
    if change is not None:
        growth = change.held - change.leave
        assert -1 <= growth <= EXCHANGED


@given(st.integers(0, 200), NUMBERS, LEAST)
def test_four_leave_a_reserve_at_every_closing(held_back, wanted, least):
    change = exchange(least + 10, held_back, wanted, least)
    assert change is not None
    assert change.leave >= min(held_back, EXCHANGED)


@pytest.mark.parametrize("arrived", [40, 60, 200, 1000])
def test_what_is_exchanged_does_not_depend_on_how_many_more_arrive(arrived):
    """Whoever floods a batch would choose otherwise how many of the reserve leave with it."""
    assert exchange(arrived, 9, 30, 10) == exchange(20, 9, 30, 10)

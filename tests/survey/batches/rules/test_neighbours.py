"""Batches that are too small join their neighbours, whole."""

from hypothesis import given
from hypothesis import strategies as st

from survey.batches.rules.neighbours import unite


def test_batches_that_hold_enough_stay():
    assert unite([10, 25, 12], 10) == [0, 1, 2]
    assert unite([], 10) == []


def test_a_small_batch_joins_the_next_until_these_hold_enough():
    assert unite([6, 7, 12], 10) == [1, 1, 2]
    assert unite([3, 3, 3, 3], 10) == [3, 3, 3, 3]


def test_what_is_left_at_the_end_joins_the_last_that_hold_enough():
    assert unite([12, 8], 10) == [1, 1]
    assert unite([12, 6, 6, 4], 10) == [0, 3, 3, 3]


def test_all_join_the_last_where_they_are_too_few_together():
    assert unite([3, 4], 10) == [1, 1]
    assert unite([3], 10) == [0]


SIZES = st.lists(st.integers(1, 30), max_size=20)


@given(SIZES, st.integers(1, 60))
def test_only_neighbours_join_and_the_last_of_them_takes_the_others(sizes, least):
    targets = unite(sizes, least)
    assert len(targets) == len(sizes)
    assert targets == sorted(targets)
    assert all(target >= at and targets[target] == target for at, target in enumerate(targets))


@given(SIZES, st.integers(1, 60))
def test_what_is_united_holds_enough_unless_all_together_are_too_few(sizes, least):
    targets = unite(sizes, least)
    united = {
        target: sum(size for size, one in zip(sizes, targets, strict=True) if one == target)
        for target in targets
    }
    assert sum(united.values()) == sum(sizes)
    if sum(sizes) >= least:
        assert all(size >= least for size in united.values())
    else:
        assert len(united) <= 1


@given(SIZES, st.integers(1, 60))
def test_uniting_again_changes_nothing(sizes, least):
    targets = unite(sizes, least)
    united = [
        sum(size for size, one in zip(sizes, targets, strict=True) if one == target)
        for target in sorted(set(targets))
    ]
    assert unite(united, least) == list(range(len(united)))


@given(st.lists(st.integers(10, 30), max_size=20))
def test_batches_that_hold_enough_are_never_united(sizes):
    assert unite(sizes, 10) == list(range(len(sizes)))

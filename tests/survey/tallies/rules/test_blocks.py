from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from survey.tallies.rules.blocks import block_ends

FIRST = date(2026, 11, 1)


def day(number: int) -> date:
    return FIRST + timedelta(number)


def test_a_day_joins_the_next_until_the_block_holds_k():
    ends = block_ends({day(0): 2, day(1): 2, day(4): 1, day(5): 7}, 5)
    assert ends == {day(0): day(4), day(1): day(4), day(4): day(4), day(5): day(5)}


def test_days_that_remain_at_the_end_join_the_last_block():
    assert block_ends({day(0): 5, day(1): 4}, 5) == {day(0): day(1), day(1): day(1)}


def test_fewer_than_k_respondents_have_no_block():
    assert block_ends({day(0): 2, day(1): 2}, 5) == {}


@given(st.dictionaries(st.integers(0, 400).map(day), st.integers(1, 9)), st.integers(2, 12))
def test_every_block_holds_k_and_is_released_on_its_last_day(respondents, k):
    ends = block_ends(respondents, k)
    if sum(respondents.values()) < k:
        assert ends == {}
        return
    assert ends.keys() == respondents.keys()
    held = {}
    for answer_day, end in ends.items():
        assert answer_day <= end
        held[end] = held.get(end, 0) + respondents[answer_day]
    assert min(held.values()) >= k
    in_order = [ends[answer_day] for answer_day in sorted(ends)]
    assert in_order == sorted(in_order)

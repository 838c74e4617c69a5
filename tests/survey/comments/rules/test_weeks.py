from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from survey.comments.rules.weeks import WEEK, closed_blocks, monday
from tests.factories import TODAY

FIRST = date(2026, 8, 31)  # a Monday


def weeks(*counts):
    return {FIRST + i * WEEK: n for i, n in enumerate(counts) if n}


def test_monday_returns_the_first_day_of_the_week():
    assert monday(date(2026, 11, 22)) == date(2026, 11, 16)
    assert monday(date(2026, 11, 23)) == date(2026, 11, 23)


def test_weeks_with_few_respondents_join_the_next_and_the_remainder_waits():
    week = list(weeks(1, 1, 1, 1, 1))
    assert closed_blocks(weeks(5, 2, 3, 7, 4), 5, TODAY) == {
        week[0]: week[0],
        week[1]: week[2],
        week[2]: week[2],
        week[3]: week[3],
    }
    assert closed_blocks(weeks(4), 5, TODAY) == {}


def test_a_week_that_has_not_ended_is_not_shown():
    assert closed_blocks({monday(TODAY): 50}, 5, TODAY) == {}
    assert closed_blocks({monday(TODAY): 50}, 5, TODAY + WEEK) == {monday(TODAY): monday(TODAY)}


@given(st.dictionaries(st.integers(0, 60), st.integers(1, 9)), st.integers(1, 8), st.integers(0, 500))
def test_every_block_holds_k_and_never_changes(counts, k, days):
    by_week = {FIRST + i * WEEK: n for i, n in counts.items()}
    now = FIRST + timedelta(days)
    seen = closed_blocks({week: n for week, n in by_week.items() if week <= now}, k, now)
    later = closed_blocks(by_week, k, now + timedelta(1000))
    assert seen.items() <= later.items()
    held: dict[date, int] = {}
    for week, end in later.items():
        held[end] = held.get(end, 0) + by_week[week]
    assert all(n >= k for n in held.values())
    assert sum(by_week.values()) - sum(held.values()) < k

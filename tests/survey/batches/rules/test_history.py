"""Answers of files are cut by the month of their dates."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from survey.batches.rules.history import months

JANUARY = date(2026, 1, 15)


def sizes(answers: dict[date, int], least: int = 20) -> dict[date, int]:
    """Return how many answers are shown as of each day."""
    found: Counter[date] = Counter()
    for day, shown in months(answers, least).items():
        found[shown] += answers[day]
    return dict(found)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def test_a_month_with_enough_is_a_batch_as_of_its_last_day_with_answers():
    assert sizes({day(1, 3): 15, day(1, 20): 15, day(2, 1): 20}) == {day(1, 20): 30, day(2, 1): 20}


def test_a_month_with_too_few_goes_on_into_the_next():
    assert sizes({day(1, 3): 19, day(3, 5): 1, day(3, 31): 5, day(4, 1): 20}) == {
        day(3, 31): 25,
        day(4, 1): 20,
    }


def test_what_is_left_at_the_end_joins_the_last_batch_as_of_its_day():
    assert sizes({day(1, 3): 30, day(2, 5): 30, day(3, 1): 5, day(4, 1): 6}) == {day(1, 3): 30, day(2, 5): 41}


def test_a_month_is_not_cut_although_it_has_enough_for_two():
    assert sizes({day(1, number): 10 for number in range(1, 31)}) == {day(1, 30): 300}


def test_the_same_month_of_two_years_is_two_months():
    assert sizes({date(2025, 1, 3): 20, date(2026, 1, 3): 20}) == {date(2025, 1, 3): 20, date(2026, 1, 3): 20}


def test_nothing_is_shown_where_all_together_are_too_few():
    assert sizes({day(1, 3): 10, day(5, 3): 9}) == {}
    assert months({}, 20) == {}


ANSWERS = st.dictionaries(
    st.integers(0, 400).map(lambda n: JANUARY + timedelta(n)), st.integers(1, 40), max_size=30
)


@given(ANSWERS, st.integers(1, 60))
def test_a_batch_never_holds_fewer_than_the_least(answers, least):
    assert all(n >= least for n in sizes(answers, least).values())


@given(ANSWERS, st.integers(1, 60))
def test_all_days_are_shown_or_none_is(answers, least):
    shown = months(answers, least)
    assert shown.keys() == (answers.keys() if sum(answers.values()) >= least else set())


@given(ANSWERS, st.integers(1, 60))
def test_batches_are_whole_spans_of_days_shown_as_of_their_end_but_for_what_is_left(answers, least):
    shown = months(answers, least)
    left = sum(answers[day] for day, as_of in shown.items() if as_of < day)
    assert all(shown[as_of] == as_of for as_of in shown.values())
    assert all(as_of == max(shown.values()) for day, as_of in shown.items() if as_of < day)
    assert left < least
    in_order = [shown[day] for day in sorted(shown)]
    assert in_order == sorted(in_order)


@given(ANSWERS, st.integers(1, 60))
def test_the_days_of_a_month_are_shown_together(answers, least):
    together: dict[tuple[int, int], set[date]] = {}
    for day, as_of in months(answers, least).items():
        together.setdefault((day.year, day.month), set()).add(as_of)
    assert all(len(days) == 1 for days in together.values())

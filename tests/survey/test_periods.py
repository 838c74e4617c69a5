from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.periods import Period, Span, months_before

DAYS = st.dates(date(2023, 12, 1), date(2025, 3, 1))


def test_whole_months_are_read_by_month():
    assert Period(date(2026, 1, 1), date(2026, 12, 31)).spans() == [
        Span("month", date(2026, 1, 1), date(2026, 12, 31))
    ]
    assert [span.grain for span in Period().spans()] == ["month"]


def test_edges_are_read_by_day():
    assert Period(date(2026, 1, 31), date(2026, 3, 1)).spans() == [
        Span("month", date(2026, 2, 1), date(2026, 2, 28)),
        Span("day", date(2026, 1, 31), date(2026, 1, 31)),
        Span("day", date(2026, 3, 1), date(2026, 3, 1)),
    ]


@given(DAYS, DAYS)
def test_spans_cover_every_day_once(first, last):
    covered = []
    for span in Period(first, last).spans():
        day = span.first
        while day <= span.last:
            covered.append(day)
            day += timedelta(1)
    assert sorted(covered) == [first + timedelta(i) for i in range((last - first).days + 1)]


@given(DAYS, DAYS)
def test_a_span_of_months_begins_and_ends_with_one(first, last):
    for span in Period(first, last).spans():
        if span.grain == "month":
            assert (span.first.day, (span.last + timedelta(1)).day) == (1, 1)


def test_the_months_of_a_period():
    months = Period(date(2026, 11, 30), date(2027, 1, 1)).months()
    assert list(months) == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
    assert months_before(date(2026, 2, 28), 3) == date(2025, 11, 1)


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ((2026, 9, 1), (2026, 11, 30), ((2026, 6, 1), (2026, 8, 31))),
        ((2026, 3, 1), (2026, 3, 31), ((2026, 2, 1), (2026, 2, 28))),
        ((2025, 12, 1), (2026, 11, 30), ((2024, 12, 1), (2025, 11, 30))),
        ((2026, 1, 1), (2026, 1, 31), ((2025, 12, 1), (2025, 12, 31))),
        ((2026, 1, 1), (2026, 11, 30), ((2025, 1, 1), (2025, 11, 30))),  # a year: the same months
        ((2024, 1, 1), (2024, 2, 29), ((2023, 1, 1), (2023, 2, 28))),
        ((2026, 1, 1), (2026, 3, 15), ((2025, 1, 1), (2025, 3, 15))),
        ((2026, 11, 23), (2026, 11, 23), ((2026, 11, 22), (2026, 11, 22))),
        ((2026, 11, 10), (2026, 11, 16), ((2026, 11, 3), (2026, 11, 9))),
    ],
)
def test_what_a_period_is_compared_with(first, last, before):
    assert Period(date(*first), date(*last)).before() == Period(date(*before[0]), date(*before[1]))


def test_all_time_is_compared_with_nothing():
    assert Period().before().spans() == []
    assert not Period().is_whole_months


@given(DAYS, DAYS)
def test_the_period_before_does_not_overlap(first, last):
    if first <= last:
        assert Period(first, last).before().last < first

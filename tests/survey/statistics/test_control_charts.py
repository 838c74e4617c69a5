import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.control_charts import Chart, ChartPeriod, Shift, cusum, means_chart, shares_chart

MONTGOMERY = [
    *(9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08),
    *(9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52),
]
"""Table 9.1 of D. C. Montgomery, Introduction to Statistical Quality Control: 20 of mean 10, 10 of mean 11,
σ 1."""

CANS = [
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
]
"""Table 7.1 of the same book: bad cans of orange juice in samples of 50."""


def test_the_cusum_of_table_9_2_sees_the_shift_in_period_29_begun_in_23():
    sums = cusum([x - 10 for x in MONTGOMERY])
    assert sums.high[:8] == pytest.approx([0, 0, 0, 1.16, 2.82, 2.50, 0.04, 1.00], abs=5e-3)
    assert sums.high[-3:] == pytest.approx([4.47, 5.28, 5.30], abs=5e-3)
    assert sums.low[:4] == pytest.approx([0.05, 1.56, 1.77, 0], abs=5e-3)
    assert sums.shifts == (Shift(since=22, seen=28, direction=1),)


def test_the_p_chart_of_the_cans_has_the_published_limits_and_two_signals():
    chart = shares_chart(CANS, [50] * 30)
    assert chart.centre == pytest.approx(0.2313, abs=5e-5)
    assert chart.periods[0].low == pytest.approx(0.0524, abs=5e-5)
    assert chart.periods[0].high == pytest.approx(0.4102, abs=5e-5)
    assert chart.signals == [14, 22]  # samples 15 and 23


def test_limits_widen_where_fewer_answered():
    chart = shares_chart([80, 8, 800], [100, 10, 1000])
    widths = [period.high - period.low for period in chart.periods]
    assert widths[1] > widths[0] > widths[2]
    assert chart.periods[1].high == 1
    assert chart.signals == []


def test_a_period_without_answers_is_a_gap():
    nothing = ChartPeriod(None, None, None, None, 0)
    assert shares_chart([5, 0, 6], [10, 0, 10]).periods[1] == nothing
    assert means_chart([80, None, 70], [10, 0, 10], 400).periods[1] == nothing
    assert shares_chart([0], [0]) == Chart(None, (nothing,), 1)
    assert shares_chart([], []).signals == []


def test_the_mean_of_a_period_is_within_three_standard_errors():
    chart = means_chart([80, 82, 66, 81], [25, 25, 25, 100], 400.0)
    centre = (80 * 25 + 82 * 25 + 66 * 25 + 81 * 100) / 175
    assert chart.centre == pytest.approx(centre)
    assert chart.periods[0][1:3] == pytest.approx((centre - 12, centre + 12))
    assert chart.periods[2].z == pytest.approx((66 - centre) / 4)
    assert [period.signal for period in chart.periods] == [0, 0, -1, 0]


def test_periods_that_always_vary_do_not_signal_with_very_many_answers():
    random = np.random.default_rng(5)
    shares = random.normal(0.8, 0.01, 36)
    answers = [round(share * 10**6) for share in shares]
    assert len(shares_chart(answers, [10**6] * 36).signals) > 20
    widened = shares_chart(answers, [10**6] * 36, widen=True)
    assert widened.signals == []
    assert widened.widened == pytest.approx(0.01 / 0.0004, rel=0.3)
    assert shares_chart([8, 8, 9], [10] * 3, widen=True).widened == 1


def test_nothing_signals_where_nothing_varies():
    for chart in (
        shares_chart([5, 7], [5, 7]),
        shares_chart([0, 0], [5, 7]),
        means_chart([70.1] * 9, [3] * 9, 0.0),
    ):
        assert chart.signals == []
        assert {period.z for period in chart.periods} == {None}
    assert means_chart([70, 71], [3, 3], 0.0).signals == [0, 1]


@given(
    st.lists(st.integers(0, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=20),
    st.booleans(),
)
def test_a_signal_is_a_value_outside_its_limits(periods, widen):
    chart = shares_chart([x for x, _ in periods], [n for _, n in periods], widen=widen)
    for period in chart.periods:
        if period.value is not None:
            assert 0 <= period.low <= chart.centre <= period.high <= 1
            expected = 1 if period.value > period.high else -1 if period.value < period.low else 0
            assert (
                period.signal == expected
                or min(abs(period.value - period.high), abs(period.value - period.low)) < 1e-9
            )


@pytest.mark.parametrize("arguments", [([3], [2]), ([-1], [2])])
def test_impossible_counts_are_refused(arguments):
    with pytest.raises(ValueError, match="between 0 and n"):
        shares_chart(*arguments)


def test_impossible_means_are_refused():
    for values, variance in (([None], 1.0), ([5], -1.0)):
        with pytest.raises(ValueError, match="variance not below"):
            means_chart(values, [3], variance)


Z = st.lists(st.one_of(st.none(), st.floats(-6, 6)), max_size=40)


@given(Z)
def test_the_two_sums_mirror_each_other(z):
    original, mirrored = cusum(z), cusum([None if score is None else -score for score in z])
    assert (original.high, original.low) == (mirrored.low, mirrored.high)
    assert min(original.high + original.low, default=0) >= 0
    for shift in original.shifts:
        sums = original.high if shift.direction == 1 else original.low
        assert sums[shift.seen] > 5
        assert min(sums[shift.since : shift.seen + 1]) > 0


def test_a_lasting_shift_is_reported_once_and_a_gap_changes_nothing():
    assert cusum([2.0] * 12).shifts == (Shift(0, 3, 1),)
    assert cusum([-2.0, None, -2.0, None, -2.0, -2.0]).shifts == (Shift(0, 5, -1),)
    assert cusum([0.4] * 200).shifts == cusum([]).shifts == ()
    with pytest.raises(ValueError, match="h above"):
        cusum([1.0], h=0)

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from survey.indexes.rules.measures import Share
from survey.statistics.differences import combined, difference
from survey.statistics.intervals import Estimate, Interval, quantile, wilson

Z = quantile(0.95)
PERCENT = Interval(0.0, 100.0)


def share(successes, n):
    """Return the estimate of a share, in per cent, as the product makes it."""
    return Share(successes, n).estimate


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_intervals_of_two_shares_combine_as_published(first, second, low, high):
    """R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17 (1998) 873–890, table II, method 10."""
    shares = [Estimate(x / n, None, n) for x, n in (first, second)]
    limits = [wilson(x / n, n, Z) for x, n in (first, second)]
    ends = combined(shares[0], limits[0], shares[1], limits[1])
    assert ends == pytest.approx((low, high), abs=5e-5)


def test_five_of_five_against_two_of_five_is_no_significant_difference():
    """Fisher's exact p is 1/6."""
    compared = difference(share(5, 5), share(2, 5))
    assert stats.fisher_exact([[5, 0], [2, 3]]).pvalue == pytest.approx(1 / 6)
    assert 0.1 < compared.p < 0.25
    low, high = compared.interval()
    assert low < 0 < high <= 100


def test_equal_figures_have_p_1_and_an_interval_around_0():
    for figures in ((share(50, 50), share(50, 50)), (share(7, 10), share(70, 100))):
        compared = difference(*figures)
        assert compared.p == 1
        low, high = compared.interval()
        assert low < 0 < high


def test_a_difference_of_normal_figures_has_the_p_of_its_z():
    gap = difference(Estimate(60, 3, 50), Estimate(50, 4, 40))
    assert gap.value == 10
    assert gap.p == pytest.approx(0.0455003, abs=1e-7)
    assert gap.interval() == pytest.approx((10 - 5 * Z, 10 + 5 * Z))


def test_a_difference_without_standard_errors_has_no_p():
    exact, unknown, nothing = Estimate(60, 0, 9), Estimate(50, None, 1), Estimate(None, None, 0)
    assert difference(exact, Estimate(50, 0, 9)).p is None
    assert difference(exact, unknown) == (exact, unknown, None)
    assert difference(exact, unknown).value == 10
    assert difference(exact, unknown).interval() is None
    assert difference(exact, nothing) is None


@given(st.integers(2, 60), st.integers(2, 60), st.data())
def test_p_and_the_interval_of_a_difference_agree(n, other_n, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, other_n))
    first, second = share(x, n), share(y, other_n)
    there, back = difference(first, second), difference(second, first)
    assert (there.value, there.p) == (-back.value, back.p)
    low, high = there.interval()
    assert -100 - 1e-9 <= low <= there.value <= high <= 100 + 1e-9
    assert 0 <= there.p <= 1
    ends = there.interval(1 - there.p) if 1e-6 < there.p < 1 else None
    if ends:
        assert min(abs(ends.low), abs(ends.high)) == pytest.approx(0, abs=1e-5)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0.01, 30), st.floats(0.01, 30))
def test_a_difference_changes_its_sign_when_the_figures_are_swapped(a, b, s, t):
    assume(a != b)
    first, second = Estimate(a, s, 9, 8, scale=PERCENT), Estimate(b, t, 9, 8, scale=PERCENT)
    there, back = difference(first, second), difference(second, first)
    assert (there.value, there.p) == (-back.value, back.p)
    assert 0 <= there.p <= 1

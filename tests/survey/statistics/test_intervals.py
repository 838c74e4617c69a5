import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from survey.statistics.intervals import Difference, Estimate, below, difference, quantile, two_sided, wilson


def test_the_wilson_interval_of_1_in_100_is_that_of_r():
    """R: prop.test(1, 100, correct = FALSE). At its ends the score test gives z = ±1.959964."""
    low, high = wilson(1, 100)
    assert (low, high) == pytest.approx((0.0017674, 0.0544862), abs=5e-8)
    for end, z in ((low, 1.959964), (high, -1.959964)):
        assert (0.01 - end) / (end * (1 - end) / 100) ** 0.5 == pytest.approx(z, abs=1e-6)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_are_the_published_ones(successes, n, low, high):
    """R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17
    (1998) 857–872, table I, method 3."""
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_the_wilson_interval_reaches_the_ends_exactly():
    """Newcombe (1998), table I: 0 of 20 gives 0 to 0.1611."""
    assert wilson(0, 20) == (0.0, pytest.approx(0.1611, abs=5e-5))
    assert wilson(20, 20) == (pytest.approx(0.8389, abs=5e-5), 1.0)
    assert wilson(0, 0) is None
    assert wilson(1, 1).low == pytest.approx(0.2065, abs=5e-5)


def test_wilson_rejects_successes_outside_0_to_n():
    for successes, n in ((2, 1), (-1, 5)):
        with pytest.raises(ValueError, match="between 0 and n"):
            wilson(successes, n)


@given(st.integers(1, 10**12), st.floats(0, 1), st.sampled_from([0.8, 0.95, 0.998]))
def test_wilson_is_that_of_scipy_and_holds_the_share(n, share, level):
    successes = min(n, round(share * n))
    low, high = wilson(successes, n, level)
    assert 0 <= low <= successes / n <= high <= 1
    if n < 10**6:
        expected = stats.binomtest(successes, n).proportion_ci(level, "wilson")
        assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_quantiles_are_those_of_the_tables():
    assert quantile(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert quantile(0.998) == pytest.approx(3.090232, abs=1e-6)
    assert quantile(0.95, 4) == pytest.approx(2.776445, abs=1e-6)
    for level in (0, 1, 95):
        with pytest.raises(ValueError, match="level"):
            quantile(level)
    with pytest.raises(ValueError, match="degrees"):
        quantile(0.95, 0)


def test_probabilities_are_exact_far_out():
    assert two_sided(1.959963984540054) == pytest.approx(0.05)
    assert two_sided(-10) == pytest.approx(1.523970604832e-23, rel=1e-9)
    assert below(-38) > 0
    assert below(0) == 0.5


def test_an_estimate_widens_with_few_degrees_of_freedom():
    assert Estimate(50, 2, 100).interval() == pytest.approx((46.080072, 53.919928))
    assert Estimate(50, 2, 5, degrees=4).interval() == pytest.approx((44.44711, 55.55289))
    assert Estimate(50, None, 1, reason="single").interval() is None


def test_a_difference_has_z_and_p():
    gap = difference(Estimate(60, 3, 50), Estimate(50, 4, 40))
    assert gap == Difference(10, 5, 2, pytest.approx(0.0455003))


def test_a_difference_without_standard_errors_has_no_p():
    exact, unknown, nothing = Estimate(60, 0, 9), Estimate(50, None, 1), Estimate(None, None, 0)
    assert difference(exact, exact) == (0, 0, None, None)
    assert difference(exact, unknown) == (10, None, None, None)
    assert difference(exact, nothing) is None


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(0.01, 50), st.floats(0.01, 50))
def test_a_difference_changes_its_sign_when_the_figures_are_swapped(a, b, s, t):
    assume(a != b)
    first, second = Estimate(a, s, 9), Estimate(b, t, 9)
    there, back = difference(first, second), difference(second, first)
    assert (there.value, there.z, there.p) == (-back.value, -back.z, back.p)
    assert 0 <= there.p <= 1

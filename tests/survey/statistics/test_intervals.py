import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from survey.indexes.rules.measures import Share
from survey.statistics.intervals import (
    Estimate,
    Interval,
    below,
    quantile,
    two_sided,
    wilson,
)

Z = quantile(0.95)
PERCENT = Interval(0.0, 100.0)


def share(successes, n):
    """Return the estimate of a share, in per cent, as the product makes it."""
    return Share(successes, n).estimate


def test_the_wilson_interval_of_1_in_100_is_that_of_r():
    """R: prop.test(1, 100, correct = FALSE). At its ends the score test gives z = ±1.959964."""
    low, high = wilson(0.01, 100, Z)
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
    assert wilson(successes / n, n, Z) == pytest.approx((low, high), abs=5e-5)


def test_the_wilson_interval_reaches_the_ends_exactly():
    """Newcombe (1998), table I: 0 of 20 gives 0 to 0.1611."""
    assert wilson(0.0, 20, Z) == (0.0, pytest.approx(0.1611, abs=5e-5))
    assert wilson(1.0, 20, Z) == (pytest.approx(0.8389, abs=5e-5), 1.0)


def test_wilson_rejects_what_is_no_share_of_answers():
    for no_share, n in ((1.1, 1), (-0.1, 5), (0.5, 0)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            wilson(no_share, n, Z)


@given(st.integers(1, 10**12), st.floats(0, 1), st.sampled_from([0.8, 0.95, 0.998]))
def test_wilson_is_that_of_scipy_and_holds_the_share(n, share, level):
    successes = min(n, round(share * n))
    low, high = wilson(successes / n, n, quantile(level))
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


def test_the_interval_of_a_share_is_wilsons_with_students_t_and_n_less_one():
    """SciPy's Wilson interval of 7 in 10 scaled to 9 answers has the level of Student's t of 9 degrees."""
    low, high = share(7, 10).interval()
    level = 1 - 2 * stats.norm.sf(stats.t.isf(0.025, 9))
    z = stats.norm.isf((1 - level) / 2)
    for end in (low / 100, high / 100):
        assert abs(0.7 - end) / (end * (1 - end) / 9) ** 0.5 == pytest.approx(z, abs=1e-9)


@given(st.integers(2, 200), st.data())
def test_an_interval_is_within_its_scale_and_never_of_width_zero(n, data):
    answers = data.draw(st.lists(st.sampled_from([0, 25, 50, 75, 100]), min_size=n, max_size=n))
    mean = sum(answers) / n
    error = math.sqrt(sum((answer - mean) ** 2 for answer in answers) / (n - 1) / n)
    low, high = Estimate(mean, error, n, n - 1, scale=PERCENT).interval()
    assert 0 <= low <= mean + 1e-9
    assert mean - 1e-9 <= high <= 100
    assert high - low > 0.5


def test_equal_answers_leave_the_figure_uncertain():
    low, high = Estimate(100, 0.0, 10, 9, scale=PERCENT).interval()
    assert (low, high) == (pytest.approx(63.7513, abs=1e-4), 100)
    middle = Estimate(75, 0.0, 10, 9, scale=PERCENT).interval()
    assert 45 < middle.low < 70 < 80 < middle.high < 95


def test_many_answers_have_the_interval_of_students_t():
    low, high = Estimate(70, 0.5, 3000, 2999, scale=PERCENT).interval()
    t = stats.t.isf(0.025, 2999)
    assert (low, high) == pytest.approx((70 - 0.5 * t, 70 + 0.5 * t), abs=0.01)


def test_the_probability_to_be_below_a_target_ends_where_the_interval_does():
    figure = Estimate(70, 4.0, 30, 29, scale=PERCENT)
    low, high = figure.interval()
    assert figure.below(low) == pytest.approx(0.025)
    assert figure.below(high) == pytest.approx(0.975)
    assert figure.below(70) == pytest.approx(0.5)
    assert (figure.below(0), figure.below(100)) == (0, 1)
    alike = Estimate(100, 0.0, 10, 9, scale=PERCENT)
    assert 0.1 < alike.below(90) < 0.25
    assert Estimate(60, 2, 9).below(60) == 0.5
    assert Estimate(60, 0, 9).below(61) == 1
    assert Estimate(60, None, 1).below(61) is None

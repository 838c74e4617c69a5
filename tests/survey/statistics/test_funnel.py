import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from survey.statistics.funnel import ALARM, TRIMMED, WARNING, WINSORISED, Funnel, funnel_of_means
from survey.statistics.intervals import quantile


def outside(plot: Funnel, level: float = ALARM) -> list[int]:
    """Return the numbers, from 0, of the points beyond the limits."""
    return [i for i, z in enumerate(plot.z) if abs(z) > quantile(level)]


def of_shares(successes, numbers, target=None):
    """Return the funnel of shares, in per cent: of scores that are 0 or 100."""
    x, n = np.array(successes, float), np.array(numbers, float)
    middle = 100 * x.sum() / n.sum() if target is None else target
    return funnel_of_means(100 * x / n, n, middle * (100 - middle), target)


def test_the_limits_are_those_of_a_share():
    plot = of_shares([30, 80, 90], [100, 200, 100], target=50)
    assert plot.between > 0
    assert plot.target == 50
    flat = of_shares([50, 100, 50], [100, 200, 100])
    assert (flat.target, flat.between) == (50, 0)
    assert flat.limits(100) == pytest.approx((40.20018, 59.79982))
    assert flat.limits(100, ALARM) == pytest.approx((34.54884, 65.45116))


def test_limits_stay_on_the_scale():
    plot = of_shares([9, 19, 9], [10, 20, 10])
    assert plot.limits(2).high == 100
    assert funnel_of_means([99, 98, 99], [5, 5, 5], 400.0).limits(1) == (
        pytest.approx(59.467, abs=1e-3),
        100,
    )


POINTS = st.lists(st.tuples(st.floats(0, 100), st.integers(1, 500)), min_size=2, max_size=40)


@given(POINTS, st.floats(1, 1000))
def test_a_point_is_outside_the_limits_where_its_z_is(points, variance):
    y, n = zip(*points, strict=True)
    plot = funnel_of_means(y, n, variance, target=70)
    tau2 = plot.between
    assert plot.z == pytest.approx([(a - 70) / (variance / b + tau2) ** 0.5 for a, b in points])
    for (a, b), z in zip(points, plot.z, strict=True):
        low, high = plot.limits(b, ALARM)
        if abs(abs(z) - 3.0902) > 1e-3:
            assert (abs(z) > 3.0902) == (not low <= a <= high)


def test_the_winsorised_mean_square_is_that_of_the_normal_distribution():
    end = stats.norm.isf(TRIMMED)
    within = 1 - 2 * TRIMMED - 2 * end * stats.norm.pdf(end)
    assert within + 2 * TRIMMED * end**2 == pytest.approx(WINSORISED, abs=1e-4)


@given(POINTS, st.floats(1, 1000))
def test_the_variance_between_makes_the_winsorised_squares_those_of_the_normal_distribution(points, variance):
    y, n = zip(*points, strict=True)
    plot = funnel_of_means(y, n, variance)
    squares = float((np.clip(plot.z, *np.quantile(plot.z, [TRIMMED, 1 - TRIMMED])) ** 2).sum())
    expected = WINSORISED * (len(y) - 1)
    assert squares <= expected * (1 + 1e-3)
    assert plot.between == 0 or squares == pytest.approx(expected, rel=1e-3)


def test_a_tenth_of_points_that_really_differ_does_not_hide_itself():
    random = np.random.default_rng(2)
    y = [*random.normal(75, 1, 27), 50, 52, 55]
    assert outside(funnel_of_means(y, [100] * 30, 100.0)) == [27, 28, 29]


@pytest.mark.parametrize("deviation", [2.0, 4.0, 8.0])
@pytest.mark.parametrize("number", [20, 50, 200])
def test_about_5_of_100_points_that_differ_at_random_are_outside_the_95_limits(number, deviation):
    """Points have from 5 to 2,000 answers; their true scores are normal with this standard deviation."""
    random = np.random.default_rng((number, int(deviation)))
    count, times = 0, 20_000 // number
    for _ in range(times):
        n = np.exp(random.uniform(np.log(5), np.log(2000), number)).round()
        y = random.normal(75, np.sqrt(deviation**2 + 25**2 / n))
        count += len(outside(funnel_of_means(y, n, 25.0**2), WARNING))
    assert 0.04 <= count / (number * times) <= 0.07


def test_points_that_vary_more_than_by_chance_widen_the_funnel():
    random = np.random.default_rng(3)
    n = random.integers(200, 2000, 200)
    alike = of_shares(random.binomial(n, 0.8), n)
    spread = of_shares(random.binomial(n, random.normal(0.8, 0.05, 200).clip(0, 1)), n)
    assert alike.between**0.5 < 1
    assert len(outside(alike)) <= 2
    assert spread.between**0.5 == pytest.approx(4.5, abs=1)
    assert len(outside(spread)) <= 8
    assert len(outside(spread, WARNING)) == pytest.approx(10, abs=5)


def test_a_point_that_really_differs_is_outside_the_limits():
    plot = of_shares([80, 82, 79, 81, 80, 78, 83, 80, 79, 81, 80, 30], [100] * 12)
    assert outside(plot) == [11]


def test_no_point_is_outside_the_limits_where_nothing_varies():
    for plot in (
        of_shares([5, 9], [5, 9]),
        of_shares([0, 0], [5, 9]),
        funnel_of_means([80, 80], [5, 9], 0.0),
    ):
        assert plot.z == (0, 0)
        assert outside(plot, WARNING) == []
    assert outside(funnel_of_means([100, 75, 50], [5, 9, 7], 0.0)) == []
    assert funnel_of_means([70], [5], 0.0, target=80).z == (-1,)


def test_impossible_means_are_refused():
    with pytest.raises(ValueError, match="variance"):
        funnel_of_means([1], [1], -1.0)
    with pytest.raises(ValueError, match="one number for each value"):
        funnel_of_means([1], [1, 2], 1.0)
    for values, numbers in (([1, 2], [1, 0]), ([0], [0]), ([], [])):
        with pytest.raises(ValueError, match="points with answers"):
            funnel_of_means(values, numbers, 1.0)

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from survey.statistics.shrinkage import Beta, beta_binomial, dersimonian_laird, shrunk, within

HITS = (18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7)
"""Hits of 18 players in their first 45 times at bat in 1970. B. Efron & C. Morris, "Data analysis using
Stein's estimator and its generalizations", JASA 70 (1975) 311–319."""


def test_the_players_of_efron_and_morris_keep_0_212_of_their_distance():
    averages = [hits / 45 for hits in HITS]
    mean = sum(averages) / 18
    found, drawn = shrunk(averages, [mean * (1 - mean) / 45] * 18)
    assert found.mean == pytest.approx(0.265, abs=5e-4)
    assert [1 - one.factor for one in drawn] == pytest.approx([0.212] * 18, abs=5e-4)
    assert drawn[0].value == pytest.approx(0.294, abs=5e-4)  # Clemente


BCG = (
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
)
"""Vaccinated ill and well, others ill and well. G. A. Colditz et al., JAMA 271 (1994) 698–702."""


def test_the_variance_between_thirteen_trials_is_the_published_one():
    """R, metafor 4: rma(measure = "RR", method = "DL") on dat.bcg gives τ² = 0.3088, Q = 152.2330 and
    −0.7141 with standard error 0.1787."""
    logs = [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d in BCG]
    variances = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in BCG]
    found = dersimonian_laird(logs, variances)
    assert found.variance == pytest.approx(0.3088, abs=5e-5)
    assert found.q == pytest.approx(152.2330, abs=5e-5)
    assert found.mean == pytest.approx(-0.7141, abs=5e-5)
    assert found.mean_variance**0.5 == pytest.approx(0.1787, abs=5e-5)


VALUES = st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 400)), min_size=1, max_size=30)


@given(VALUES)
def test_shrinking_draws_towards_the_mean_and_never_past_it(points):
    values, variances = zip(*points, strict=True)
    for corrected in (True, False):
        found, drawn = shrunk(values, variances, corrected)
        assert min(values) - 1e-9 <= found.mean <= max(values) + 1e-9
        for value, v, one in zip(values, variances, drawn, strict=True):
            assert 0 <= one.factor <= 1
            assert abs(one.value - found.mean) <= abs(value - found.mean) + 1e-9
            assert 0 < one.deviation <= math.sqrt(v) * 1.0000001


@given(VALUES)
def test_without_the_correction_b_is_the_share_of_noise_in_the_variance(points):
    values, variances = zip(*points, strict=True)
    found, drawn = shrunk(values, variances, corrected=False)
    assert [one.factor for one in drawn] == pytest.approx([v / (v + found.variance) for v in variances])


def test_who_has_fewer_answers_is_drawn_farther():
    _found, drawn = shrunk([90, 80, 70, 60, 95], [25 / n for n in (100, 100, 100, 100, 3)])
    assert drawn[4].factor > 10 * drawn[0].factor


def test_three_points_are_left_alone_and_one_is_its_own_mean():
    assert [one.factor for one in shrunk([1, 2, 9], [1, 1, 1])[1]] == [0, 0, 0]
    found, [alone] = shrunk([7], [4])
    assert (found.mean, found.variance, alone.value, alone.deviation) == (7, 0, 7, 2)


def test_all_equal_differ_by_nothing():
    assert dersimonian_laird([5, 5, 5, 5], [1, 2, 3, 4]).variance == 0


@pytest.mark.parametrize(("values", "variances"), [([], []), ([1], []), ([1, 2], [1, 0]), ([1], [-1])])
def test_what_cannot_be_weighted_is_refused(values, variances):
    with pytest.raises(ValueError, match="variance"):
        dersimonian_laird(values, variances)


def test_the_variance_within_is_pooled():
    assert within([3, 5, 1, 1], [4.0, 1.0, None, 0.0]) == pytest.approx((2 * 4 + 4 * 1) / 6)
    assert within([1, 0], [None, None]) is None


CONTROL = (
    (13, 12, 9, 9, 8, 8, 12, 11, 9, 9, 8, 11, 4, 5, 7, 7),
    (13, 12, 9, 9, 8, 8, 13, 12, 10, 10, 9, 13, 5, 7, 10, 10),
)
TREATED = (
    (12, 11, 10, 9, 10, 9, 9, 8, 8, 4, 7, 4, 5, 3, 3, 0),
    (12, 11, 10, 9, 11, 10, 10, 9, 9, 5, 9, 7, 10, 6, 10, 7),
)


@pytest.mark.parametrize(("litters", "mean", "theta"), [(CONTROL, 0.898, 0.021), (TREATED, 0.740, 0.465)])
def test_the_litters_of_williams_have_the_published_likeliest_spread(litters, mean, theta):
    """D. A. Williams, "The analysis of binary responses from toxicological experiments involving reproduction
    and teratogenicity", Biometrics 31 (1975) 949–952: Weil's rats, alive among weaned; θ = 1/M."""
    found = beta_binomial(*litters)
    assert found.mean == pytest.approx(mean, abs=5e-4)
    assert 1 / found.size == pytest.approx(theta, abs=5e-4)


POINTS = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=15
).filter(lambda points: any(n for _x, n in points))


def likelihood(beta, points):
    if math.isinf(beta.size):
        return sum(stats.binom.logpmf(x, n, beta.mean) for x, n in points)
    a, b = beta.mean * beta.size, (1 - beta.mean) * beta.size
    return sum(stats.betabinom.logpmf(x, n, a, b) for x, n in points)


@settings(max_examples=40, deadline=None)
@given(POINTS)
@example([(6, 6), (6, 18), (8, 21), (9, 21)])  # the search once left the numbers that floats hold
@example([(6, 6), (6, 18), (8, 21), (9, 22)])  # one share for all is a peak here, and not the highest
def test_no_other_spread_is_likelier(points):
    found = beta_binomial(*zip(*points, strict=True))
    assert 0 <= found.mean <= 1
    if found.mean in (0, 1):
        return
    best = likelihood(found, points)
    for shift in (-0.3, -0.03, 0, 0.03, 0.3):
        odds = found.mean / (1 - found.mean) * math.exp(shift)
        sizes = (
            (1, 10, 1e3, 1e5) if math.isinf(found.size) else found.size * np.array([0.5, 0.95, 1, 1.05, 2])
        )
        for size in sizes:
            if 1e-3 <= size <= 1e6:
                assert likelihood(Beta(odds / (1 + odds), size), points) <= best + 1e-6
    for x, n in points:
        drawn = found.drawn(x, n)
        low, high = found.interval(x, n)
        assert 0 <= low <= high <= 1
        assert low <= drawn.value <= high or drawn.factor < 0.5
        if n:
            assert abs(drawn.value - found.mean) <= abs(x / n - found.mean) + 1e-9


def test_where_nothing_differs_everybody_has_the_mean():
    assert beta_binomial([3, 6, 30], [10, 20, 100]) == Beta(0.3, math.inf)
    assert beta_binomial([0, 0], [4, 9]) == Beta(0, math.inf)
    assert beta_binomial([4, 9, 0], [4, 9, 0]) == Beta(1, math.inf)
    assert beta_binomial([3], [4]) == Beta(0.75, math.inf)
    assert Beta(0.3, math.inf).interval(9, 9) == (0.3, 0.3)


def test_shares_of_nothing_or_all_are_hardly_drawn():
    found = beta_binomial([0, 50, 0, 50], [50] * 4)
    assert found.size < 0.01
    assert found.drawn(50, 50).value > 0.999


def test_millions_of_answers_are_no_trouble():
    found = beta_binomial([8 * 10**8, 9 * 10**8, 85 * 10**7], [10**9] * 3)
    assert found.mean == pytest.approx(0.85, abs=1e-3)
    assert 50 < found.size < 500


@pytest.mark.parametrize(("x", "n"), [([], []), ([0], [0]), ([2], [1]), ([-1], [1]), ([1], [1, 1])])
def test_what_nobody_can_have_answered_is_refused(x, n):
    with pytest.raises(ValueError, match=r"successes|nobody"):
        beta_binomial(x, n)

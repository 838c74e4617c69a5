import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.shrinkage import dersimonian_laird, shrink, variance_within

HITS = (18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7)
"""Hits of 18 players in their first 45 times at bat in 1970. B. Efron & C. Morris, "Data analysis using
Stein's estimator and its generalizations", JASA 70 (1975) 311–319."""


def test_the_players_of_efron_and_morris_keep_0_212_of_their_distance():
    averages = [hits / 45 for hits in HITS]
    mean = sum(averages) / 18
    between, drawn = shrink(averages, [mean * (1 - mean) / 45] * 18)
    assert between.mean == pytest.approx(0.265, abs=5e-4)
    assert [1 - point.factor for point in drawn] == pytest.approx([0.212] * 18, abs=5e-4)
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
    between = dersimonian_laird(logs, variances)
    assert between.variance == pytest.approx(0.3088, abs=5e-5)
    assert between.q == pytest.approx(152.2330, abs=5e-5)
    assert between.mean == pytest.approx(-0.7141, abs=5e-5)
    assert between.mean_variance**0.5 == pytest.approx(0.1787, abs=5e-5)


VALUES = st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 400)), min_size=1, max_size=30)


@given(VALUES)
def test_shrinking_draws_towards_the_mean_and_never_past_it(points):
    values, variances = zip(*points, strict=True)
    for corrected in (True, False):
        between, drawn = shrink(values, variances, corrected)
        assert min(values) - 1e-9 <= between.mean <= max(values) + 1e-9
        for value, v, point in zip(values, variances, drawn, strict=True):
            assert 0 <= point.factor <= 1
            assert abs(point.value - between.mean) <= abs(value - between.mean) + 1e-9
            assert 0 < point.deviation <= math.sqrt(v) * 1.0000001


@given(VALUES)
def test_without_the_correction_b_is_the_share_of_noise_in_the_variance(points):
    values, variances = zip(*points, strict=True)
    between, drawn = shrink(values, variances, corrected=False)
    assert [point.factor for point in drawn] == pytest.approx([v / (v + between.variance) for v in variances])


def test_a_point_with_fewer_answers_is_drawn_farther():
    _found, drawn = shrink([90, 80, 70, 60, 95], [25 / n for n in (100, 100, 100, 100, 3)])
    assert drawn[4].factor > 10 * drawn[0].factor


def test_three_points_are_not_drawn_and_a_single_point_is_its_own_mean():
    assert [point.factor for point in shrink([1, 2, 9], [1, 1, 1])[1]] == [0, 0, 0]
    between, [alone] = shrink([7], [4])
    assert (between.mean, between.variance, alone.value, alone.deviation) == (7, 0, 7, 2)


def test_equal_values_have_no_variance_between_them():
    assert dersimonian_laird([5, 5, 5, 5], [1, 2, 3, 4]).variance == 0


@pytest.mark.parametrize(("values", "variances"), [([], []), ([1], []), ([1, 2], [1, 0]), ([1], [-1])])
def test_values_without_positive_variances_are_rejected(values, variances):
    with pytest.raises(ValueError, match="variance"):
        dersimonian_laird(values, variances)


def test_the_variance_within_is_pooled():
    assert variance_within([3, 5, 1, 1], [4.0, 1.0, None, 0.0]) == pytest.approx((2 * 4 + 4 * 1) / 6)
    assert variance_within([1, 0], [None, None]) is None

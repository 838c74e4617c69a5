import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from survey.statistics.ranks import Rank, below_target, benjamini_hochberg, ranks

P_VALUES = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]
"""The 15 p-values of the thrombolysis study in Y. Benjamini & Y. Hochberg, JRSS B 57 (1995) 289–300, 4.1."""


def test_four_of_the_fifteen_published_p_values_are_discoveries():
    tests = benjamini_hochberg(P_VALUES)
    assert [discovery for _p, discovery in tests] == [True] * 4 + [False] * 11
    assert [p for p, _ in tests][:5] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625, 0.0603], abs=1e-6)


@given(st.lists(st.floats(0, 1), max_size=20), st.randoms())
def test_discoveries_do_not_depend_on_the_order(p_values, chance):
    tests = benjamini_hochberg(p_values)
    assert all(p <= adjusted <= 1 for p, (adjusted, _) in zip(p_values, tests, strict=True))
    numbers = list(range(len(p_values)))
    chance.shuffle(numbers)
    assert benjamini_hochberg([p_values[i] for i in numbers]) == [tests[i] for i in numbers]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_adjusted_p_values_are_those_of_scipy(p_values):
    adjusted = [p for p, _discovery in benjamini_hochberg(p_values)]
    assert adjusted == pytest.approx(false_discovery_control(p_values).tolist(), rel=1e-12)


def test_a_p_value_outside_0_to_1_is_rejected():
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.5, 1.1])


def test_clear_differences_have_clear_ranks():
    ranking = ranks([10, 40, 20, 30], [0.1] * 4)
    assert ranking == [Rank(4, 4, 4, 1), Rank(1, 1, 1, 0), Rank(3, 3, 3, 0), Rank(2, 2, 2, 0)]


def test_two_points_change_places_as_often_as_the_normal_distribution_says():
    """P(A below B) = Φ(−1) = 0.1587 where they differ by one standard error of the difference; the other two
    are out of reach."""
    ranking = ranks([1, 0, 50, 60], [0.5**0.5] * 4)
    assert ranking[1].bottom == pytest.approx(1 - 0.1587, abs=0.01)
    assert (ranking[0].best, ranking[0].worst, ranking[1].median) == (3, 4, 4)


def test_equal_points_share_their_ranks():
    ranking = ranks([80.0] * 8, [0.0] * 8)
    assert [rank.bottom for rank in ranking] == pytest.approx([0.25] * 8, abs=0.02)
    assert {(rank.best, rank.worst) for rank in ranking} == {(1, 8)}


def test_the_same_arguments_give_the_same_ranks():
    arguments = ([70, 71, 72, 73, 74], [3] * 5)
    assert ranks(*arguments) == ranks(*arguments) != ranks(*arguments, seed=2)


def test_few_points_have_no_bottom_quarter():
    assert ranks([], []) == []
    assert ranks([5], [0]) == [Rank(1, 1, 1, None)]
    assert [rank.bottom for rank in ranks([1, 2, 3], [1, 1, 1])] == [None] * 3


@pytest.mark.parametrize("deviations", [[1], [1, -1], [1, float("nan")], [1, float("inf")]])
def test_deviations_that_cannot_be_drawn_are_rejected(deviations):
    with pytest.raises(
        ValueError,
        match="deviation",
    ):
        ranks([1, 2], deviations)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 30)), min_size=1, max_size=30))
def test_ranks_are_from_1_to_k_and_the_bottom_quarter_is_a_quarter(points):
    ranking = ranks(*zip(*points, strict=True), draws=500)
    size = len(points)
    assert all(1 <= rank.best <= rank.median <= rank.worst <= size for rank in ranking)
    if size >= 4:
        assert sum(rank.bottom for rank in ranking) == pytest.approx(size // 4)


def test_two_thousand_points_are_ranked_in_about_a_second():
    random = np.random.default_rng(1)
    values, deviations = random.normal(80, 3, 2000), random.uniform(0.5, 3, 2000)
    started = time.process_time()
    ranking = ranks(values, deviations)
    assert time.process_time() - started < 1.5  # 0.6 on a free machine
    assert max(rank.worst - rank.best for rank in ranking) > 500


def test_the_probability_to_be_below_the_target_has_a_closed_form():
    assert below_target(80, 2, 80) == 0.5
    assert below_target(80, 2, 76.08) == pytest.approx(0.025, abs=1e-4)
    assert (below_target(80, 0, 80), below_target(79.9, 0, 80)) == (0, 1)
    with pytest.raises(ValueError, match="negative"):
        below_target(80, -1, 80)

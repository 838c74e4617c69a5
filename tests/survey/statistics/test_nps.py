import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.intervals import Estimate
from survey.statistics.nps import Promoters, nps_difference


def test_a_score_has_a_variance_and_a_standard_error():
    group = Promoters(324, 162, 54)
    assert group.variance == pytest.approx(5 / 9)
    assert group.estimate.value == pytest.approx(100 / 3)
    assert group.estimate.standard_error == pytest.approx(100 * (5 / 9 / 324) ** 0.5)


def test_the_interval_adds_three_quarters_to_either_side():
    """By hand: of 36 answers 16 promoters and 9 detractors become 39, 16.75 and 9.75: 0.17949 ±
    1.959964 √((0.67949 − 0.03222) / 39)."""
    assert Promoters(36, 16, 9).interval() == pytest.approx((-7.30115, 43.19858), abs=1e-4)


def test_the_interval_does_not_end_where_all_answered_alike():
    low, high = Promoters(12, 12, 0).interval()
    assert 50 < low < high == 100
    assert Promoters(12, 12, 0).estimate.standard_error == 0


def test_a_group_without_respondents_has_no_score():
    nobody = Promoters(0, 0, 0)
    assert nobody.estimate == Estimate(None, None, 0, reason="nobody")
    assert nobody.interval() is nobody.variance is None
    assert nps_difference(nobody, Promoters(3, 1, 1)) is None


@pytest.mark.parametrize("counts", [(5, 4, 2), (5, -1, 2)])
def test_promoters_and_detractors_outside_n_are_rejected(counts):
    with pytest.raises(ValueError, match="among n"):
        Promoters(*counts)


def test_two_scores_differ_by_z():
    gap = nps_difference(Promoters(324, 162, 54), Promoters(324, 108, 108))
    assert gap.value == pytest.approx(100 / 3)
    assert gap.z == pytest.approx((1 / 3) / ((5 / 9 + 2 / 3) / 324) ** 0.5)
    assert gap.p < 1e-7


def test_equal_answers_of_few_respondents_do_not_prove_everything():
    same = nps_difference(Promoters(2, 2, 0), Promoters(2, 0, 2))
    assert same.value == 200
    assert 1 < same.z < 5


@given(st.lists(st.integers(-1, 1), min_size=2, max_size=60))
def test_the_variance_is_that_of_answers_as_1_0_and_minus_1(answers):
    group = Promoters(len(answers), answers.count(1), answers.count(-1))
    assert group.variance == pytest.approx(np.var(answers), abs=1e-12)
    low, high = group.interval()
    assert -100 <= low <= high <= 100
    assert low - 1e-9 <= group.estimate.value <= high + 1e-9

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from survey.indexes.rules.measures import Share
from survey.statistics.changes import nps_change
from survey.statistics.intervals import Estimate
from survey.statistics.nps import Promoters


def test_a_score_has_a_variance_and_a_standard_error():
    group = Promoters(324, 162, 54)
    assert group.variance == pytest.approx(5 / 9)
    assert group.estimate.value == pytest.approx(100 / 3)
    assert group.estimate.standard_error == pytest.approx(100 * (5 / 9 / 323) ** 0.5)


def test_the_interval_of_promoters_and_detractors_alone_is_that_of_a_share():
    low, high = Share(30, 40).interval()
    assert Promoters(40, 30, 10).interval() == pytest.approx((2 * low - 100, 2 * high - 100))


def test_passives_make_the_score_more_certain():
    wide, narrow = Promoters(40, 30, 10).interval(), Promoters(40, 20, 0).interval()
    assert narrow.high - narrow.low < 0.8 * (wide.high - wide.low)


def test_the_interval_does_not_end_where_all_answered_alike():
    low, high = Promoters(12, 12, 0).interval()
    assert 30 < low < 50 < high == 100
    assert Promoters(12, 12, 0).estimate.standard_error == 0


def test_a_group_without_respondents_has_no_score():
    nobody = Promoters(0, 0, 0)
    assert nobody.estimate == Estimate(None, None, 0, reason="nobody")
    assert nobody.interval() is nobody.variance is None
    assert Promoters(1, 1, 0).interval() is None


@pytest.mark.parametrize("counts", [(5, 4, 2), (5, -1, 2)])
def test_promoters_and_detractors_outside_n_are_rejected(counts):
    with pytest.raises(ValueError, match="among n"):
        Promoters(*counts)


def test_two_scores_differ_by_about_their_z():
    change = nps_change(Promoters(324, 162, 54), Promoters(324, 108, 108))
    assert change.value == pytest.approx(100 / 3)
    z = (1 / 3) / ((5 / 9 + 2 / 3) / 324) ** 0.5
    assert stats.norm.isf(change.p / 2) == pytest.approx(z, rel=0.05)


@given(st.lists(st.integers(-1, 1), min_size=2, max_size=60))
def test_the_variance_is_that_of_answers_as_1_0_and_minus_1(answers):
    group = Promoters(len(answers), answers.count(1), answers.count(-1))
    assert group.variance == pytest.approx(np.var(answers), abs=1e-12)
    low, high = group.interval()
    assert -100 <= low <= high <= 100
    assert low - 1e-9 <= group.estimate.value <= high + 1e-9

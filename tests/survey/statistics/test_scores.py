import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics import scores

FIVE = (1, 2, 3, 4, 5)
COUNTS = st.lists(st.integers(0, 40), min_size=5, max_size=5)


@given(COUNTS)
def test_mean_and_deviation_are_those_of_the_answers(counts):
    answers = [value for value, count in zip(FIVE, counts, strict=True) for _ in range(count)]
    assert scores.mean(FIVE, counts) == (pytest.approx(statistics.fmean(answers)) if answers else None)
    if len(answers) < 2:
        assert scores.variance(FIVE, counts) is scores.deviation(FIVE, counts) is None
    else:
        assert scores.variance(FIVE, counts) == pytest.approx(statistics.variance(answers))
        assert scores.deviation(FIVE, counts) == pytest.approx(statistics.stdev(answers))


def test_the_variance_is_exact_for_huge_counts():
    assert scores.variance((1, 10), (10**17, 0)) == 0.0
    assert scores.variance((1, 10), (10**17, 10**17)) == pytest.approx(20.25)


@pytest.mark.parametrize(("value", "score"), [(1, 0), (2, 25), (5, 100)])
def test_a_score_is_the_position_on_the_scale(value, score):
    assert scores.rescale(value, *scores.ends(FIVE)) == score
    assert scores.rescale(value, *scores.ends(FIVE, "low")) == 100 - score


def test_a_scale_without_length_is_rejected():
    with pytest.raises(ValueError, match="two different ends"):
        scores.rescale(1, 3, 3)


def test_the_top_boxes_are_at_the_good_end():
    counts = (1, 2, 3, 4, 5)
    assert scores.top_boxes(FIVE, counts) == 9
    assert scores.top_boxes(FIVE, counts, best="low") == 3
    assert scores.top_boxes(FIVE, counts, boxes=1) == 5


@pytest.mark.parametrize("boxes", [0, 5])
def test_top_boxes_of_all_answers_or_of_none_are_rejected(boxes):
    with pytest.raises(ValueError, match="beside the top boxes"):
        scores.top_boxes(FIVE, (1,) * 5, boxes=boxes)


@given(st.lists(st.integers(0, 99), min_size=11, max_size=11))
def test_nps_is_within_its_range_and_counts_each_respondent_once(counts):
    promoters, detractors = scores.promoters_and_detractors(range(11), counts)
    assert promoters + detractors + counts[7] + counts[8] == sum(counts)
    score = scores.nps(sum(counts), promoters, detractors)
    assert score is None or -100 <= score <= 100

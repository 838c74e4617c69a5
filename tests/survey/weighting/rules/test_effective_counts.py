"""Figures of effective counts agree with those computed from weights and Kish's effective n."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.indexes.rules.index import index_estimates
from survey.indexes.rules.measures import measures
from survey.questionnaires.definition import Definition
from survey.statistics.intervals import quantile, wilson
from survey.statistics.raking import effective_n
from survey.tallies.rules.cells import Layout, count
from survey.tallies.rules.pooling import Pool
from survey.weighting.rules.effective_counts import effective_rows, weighted_sums, withhold_small_counts

QUESTIONS = [
    {"code": "quality", "kind": "rating", "dimension": "quality", "texts": {}},
    {"code": "value", "kind": "rating", "dimension": "value", "texts": {}},
    {"code": "overall", "kind": "rating", "texts": {}},
    {"code": "nps", "kind": "nps", "texts": {}},
]
ASKED = Definition.parse({"questions": QUESTIONS})
POOL = Pool.of([(1, ASKED)])


def stratum(*answers):
    row = POOL.empty()
    POOL.add(row, 1, count(Layout.of(ASKED), answers))
    return row


GOOD = stratum(*[{"quality": 5, "value": 4, "overall": 5, "nps": 10}] * 6, *[{"quality": 4, "nps": 9}] * 4)
BAD = stratum(*[{"quality": 1, "value": 2, "overall": 2, "nps": 3}] * 20, *[{"overall": 3}] * 10)
ROWS = np.stack([GOOD, BAD])


def test_weights_of_1_change_nothing():
    plain, same = measures(POOL, ROWS.sum(axis=0)), measures(POOL, row([1, 1]))
    assert same.index.value == pytest.approx(plain.index.value)
    assert same.index.interval() == pytest.approx(plain.index.interval())
    assert same.promoters.interval() == pytest.approx(plain.promoters.interval())
    assert same.satisfied.interval() == pytest.approx(plain.satisfied.interval())


def row(weights):
    return effective_rows(POOL, [weighted_sums(ROWS, weights)])[0]


def test_a_weighted_share_has_the_interval_of_effective_n():
    share = measures(POOL, row([3, 0.5])).satisfied
    n = effective_n([6, 30], [3, 0.5])
    assert share.value == pytest.approx(3 * 6 / (3 * 6 + 0.5 * 30))
    assert share.n == pytest.approx(n)
    low, high = wilson(share.value, n - 1, quantile(0.95, n - 1))
    assert share.interval() == pytest.approx((100 * low, 100 * high))


def test_a_weighted_mean_has_the_standard_error_of_effective_n():
    estimate = measures(POOL, row([3, 0.5])).dimensions["quality"]
    scores, weights = [100] * 6 + [75] * 4 + [0] * 20, [3] * 10 + [0.5] * 20
    mean = np.average(scores, weights=weights)
    n = effective_n([10, 20], [3, 0.5])
    variance = np.average((scores - mean) ** 2, weights=weights) * n / (n - 1)
    assert estimate.value == pytest.approx(mean)
    assert estimate.standard_error == pytest.approx(math.sqrt(variance / n))


def test_the_design_effect_is_n_relative_to_effective_n():
    sums = weighted_sums(ROWS, [3, 0.5])
    assert (sums.n, sums.effective_n) == (40, pytest.approx(effective_n([10, 30], [3, 0.5])))
    assert sums.design_effect == pytest.approx(40 / sums.effective_n)
    assert weighted_sums(ROWS, [1, 1]).design_effect == pytest.approx(1)
    assert weighted_sums(ROWS[:0], []).design_effect is None


@given(st.lists(st.floats(0.05, 20), min_size=2, max_size=2))
def test_effective_counts_never_exceed_counts(weights):
    sums = weighted_sums(ROWS, weights)
    assert sums.design_effect >= 1 - 1e-9
    eff = row(weights)
    for question in POOL.questions:
        part = slice(question.start, question.end)
        assert eff[part].sum() <= ROWS.sum(axis=0)[part].sum() + 1e-6
    assert index_estimates(POOL, eff[None, :])[0].value is not None


def test_a_part_can_be_subtracted_from_weighted_sums():
    rest = weighted_sums(ROWS, [3, 0.5]) - weighted_sums(ROWS[:1], [3])
    assert rest.n == 30
    assert effective_rows(POOL, [rest])[0][0] == pytest.approx(30)


def test_a_question_with_too_few_answers_in_a_stratum_does_not_count_there():
    kept = withhold_small_counts(POOL, ROWS, 7)
    by_code = {
        question.code: kept[:, question.start : question.end].sum(axis=1).tolist()
        for question in POOL.questions
    }
    assert by_code == {"quality": [10, 20], "value": [0, 20], "overall": [0, 30], "nps": [10, 20]}
    pair = POOL.pairs["quality", "value"]
    assert kept[:, pair].tolist() == [0, 20]
    assert kept[:, 0].tolist() == [10, 30]

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.indexes.rules.moments import moments
from survey.questionnaires.definition import Definition
from survey.tallies.rules.cells import Layout, count
from survey.tallies.rules.pooling import Pool

ASKED = Definition.parse(
    {
        "questions": [
            {"code": "a", "kind": "rating", "texts": {}},
            {"code": "b", "kind": "rating", "texts": {}},
            {"code": "nps", "kind": "nps", "texts": {}},
        ]
    }
)
POOL = Pool.of([(1, ASKED)])
ANSWER = {"a": st.integers(1, 5), "b": st.integers(1, 5), "nps": st.integers(0, 10)}


def row_moments(answers):
    row = POOL.empty()
    POOL.add(row, 1, count(Layout.of(ASKED), answers))
    return moments(POOL, row[None, :], POOL.scored)


@given(st.lists(st.fixed_dictionaries(ANSWER), min_size=2, max_size=30))
def test_with_complete_answers_the_moments_equal_those_of_numpy(answers):
    question_moments = row_moments(answers)
    data = np.array([[25 * (x["a"] - 1), 25 * (x["b"] - 1), 10 * x["nps"]] for x in answers], float)
    expected = np.cov(data, rowvar=False)
    assert question_moments.mean[0] == pytest.approx(data.mean(axis=0))
    assert question_moments.covariances()[0] == pytest.approx(expected, abs=1e-8)
    assert question_moments.of_means()[0] == pytest.approx(expected / len(data), abs=1e-8)
    spread = data.std(axis=0)
    if spread.all():
        assert question_moments.correlations()[0] == pytest.approx(np.corrcoef(data, rowvar=False), abs=1e-8)


@given(st.lists(st.fixed_dictionaries({}, optional=ANSWER), max_size=30))
def test_with_missing_answers_covariances_and_correlations_stay_within_their_bounds(answers):
    question_moments = row_moments(answers)
    assert np.linalg.eigvalsh(question_moments.of_means()[0]).min() > -1e-6
    correlations = question_moments.correlations()[0]
    assert np.abs(correlations).max() <= 1
    assert (np.diag(correlations) == 1).all()
    assert np.isfinite(question_moments.covariances()).all()

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.statistics.relative_importance import (
    Alpha,
    cronbach,
    explained_variance,
    nearest_correlations,
    quadrants,
    relative_weights,
    shapley,
)
from tests.survey.statistics.published import ATTITUDE, CARS, SWISS


def correlated(data):
    return np.corrcoef(np.array(data, float), rowvar=False)


def test_shapley_values_of_the_swiss_are_those_of_relaimpo():
    """R, relaimpo 2.2-7: calc.relimp(lm(Fertility ~ ., swiss), type = "lmg"). The rounded values are also in
    U. Grömping, Journal of Statistical Software 17/1 (2006)."""
    correlations = correlated(SWISS)
    assert explained_variance(correlations, 0) == pytest.approx(0.706735001593)
    published = [0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265]
    assert shapley(correlations, 0) == pytest.approx(published, abs=1e-12)


def test_relative_weights_of_the_cars_are_those_of_rwa():
    """R, rwa: rwa(mtcars, "mpg", c("cyl", "disp", "hp", "gear")); LMG by relaimpo."""
    correlations = correlated(CARS)
    assert explained_variance(correlations, 0) == pytest.approx(0.7791896, abs=5e-8)
    assert relative_weights(correlations, 0) == pytest.approx(
        [0.2284797, 0.2221469, 0.2321744, 0.0963886], abs=5e-8
    )
    assert shapley(correlations, 0) == pytest.approx([0.2470520, 0.2434996, 0.2109129, 0.0777251], abs=5e-8)


def test_the_parts_of_two_predictors_are_those_computed_by_hand():
    """r₁₂ = 0.5, r_y1 = 0.6, r_y2 = 0.4: R² = 0.28/0.75; the first alone 0.36, after the second R² − 0.16."""
    correlations = np.array([[1, 0.6, 0.4], [0.6, 1, 0.5], [0.4, 0.5, 1]])
    expected = [(0.36 + 0.28 / 0.75 - 0.16) / 2, (0.16 + 0.28 / 0.75 - 0.36) / 2]
    assert shapley(correlations, 0) == pytest.approx(expected)
    assert relative_weights(correlations, 0) == pytest.approx(expected)


ANSWERS = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(1, 5), min_size=width + 1, max_size=width + 1), min_size=8, max_size=30
    )
)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_parts_are_never_negative_and_sum_to_the_explained_variance(answers):
    data = np.array(answers, float)
    spread = data.std(axis=0)
    scaled = np.divide(data - data.mean(axis=0), spread, out=np.zeros_like(data), where=spread > 0)
    correlations = scaled.T @ scaled / len(data)
    np.fill_diagonal(correlations, 1)
    for outcome in (0, -1):
        r2 = explained_variance(correlations, outcome)
        assert 0 <= r2 <= 1
        for parts in (shapley(correlations, outcome), relative_weights(correlations, outcome)):
            assert min(parts) >= 0
            assert sum(parts) == pytest.approx(r2, abs=1e-8)
        if (spread > 0).all() and np.linalg.matrix_rank(data - data.mean(axis=0)) == data.shape[1]:
            x, y = np.delete(scaled, outcome, axis=1), scaled[:, outcome]
            rest = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
            assert r2 == pytest.approx(1 - rest @ rest / (y @ y), abs=1e-8)


def test_questions_that_repeat_each_other_share():
    data = np.array(CARS, float)
    twice = np.column_stack([data[:, :2], data[:, 1]])
    for parts in (shapley(correlated(twice), 0), relative_weights(correlated(twice), 0)):
        assert parts == pytest.approx([explained_variance(correlated(data[:, :2]), 0) / 2] * 2)


def test_a_question_that_never_varies_explains_nothing():
    correlations = np.array([[1, 0.6, 0], [0.6, 1, 0], [0, 0, 1]])
    assert shapley(correlations, 0) == relative_weights(correlations, 0) == pytest.approx([0.36, 0])
    assert shapley(correlations, 2) == relative_weights(correlations, 2) == [0, 0]


def test_an_outcome_alone_has_no_drivers():
    alone = np.array([[1.0]])
    assert (shapley(alone, 0), relative_weights(alone, 0), explained_variance(alone, 0)) == ([], [], 0)


def test_shapley_rejects_more_than_12_predictors():
    random = np.random.default_rng(2)
    correlations = correlated(random.normal(size=(60, 14)))
    assert sum(shapley(correlations[:13, :13], 4)) == pytest.approx(
        explained_variance(correlations[:13, :13], 4)
    )
    with pytest.raises(ValueError, match="12 predictors"):
        shapley(correlations, 0)
    assert sum(relative_weights(correlations, 0)) == pytest.approx(explained_variance(correlations, 0))


def test_correlations_that_answers_cannot_have_are_mended():
    impossible = np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    nearest = nearest_correlations(impossible)
    assert nearest.mended
    assert np.linalg.eigvalsh(nearest.correlations).min() > -1e-9
    assert np.diag(nearest.correlations) == pytest.approx([1, 1, 1])
    assert explained_variance(impossible, 0) <= 1
    assert not nearest_correlations(correlated(SWISS)).mended


@pytest.mark.parametrize(
    "matrix",
    [
        [[1, 2], [2, 1]],
        [[1, 0.5], [0.4, 1]],
        [[2, 0], [0, 1]],
        [[1, float("nan")], [float("nan"), 1]],
        [1, 1],
    ],
)
def test_a_matrix_that_is_not_of_correlations_is_rejected(matrix):
    with pytest.raises(ValueError, match="symmetric"):
        nearest_correlations(np.array(matrix, float))


def test_the_strategy_matrix_has_four_fields():
    importance = {"a": 0.4, "b": 0.3, "c": 0.1, "d": 0.0}
    performance = {"a": 90, "b": 60, "c": 70, "d": 85}
    assert quadrants(importance, performance) == {
        "a": "advantage",
        "b": "repair",
        "c": "opportunity",
        "d": "maintain",
    }
    assert quadrants({"a": 0.1, "b": 0.1}, {"a": 70.3, "b": 70.3}) == {"a": "advantage", "b": "advantage"}
    assert quadrants({}, {}) == {}
    with pytest.raises(ValueError, match="same questions"):
        quadrants({"a": 1}, {"b": 1})


def test_alpha_of_the_attitudes_is_the_published_one():
    """R, psych: alpha(attitude) gives raw 0.84 and standardised 0.84."""
    alpha = cronbach(np.cov(np.array(ATTITUDE), rowvar=False))
    assert alpha == (pytest.approx(0.8431428), pytest.approx(0.8390838))
    assert cronbach(correlated(ATTITUDE)).raw == pytest.approx(alpha.standardised)


def test_alpha_is_1_for_equal_questions_and_0_for_unrelated_questions():
    assert cronbach(np.ones((3, 3)) * 4) == Alpha(pytest.approx(1), pytest.approx(1))
    assert cronbach(np.eye(4)) == Alpha(0, 0)
    assert cronbach([[1, -0.4], [-0.4, 1]]).raw < 0


@pytest.mark.parametrize("covariances", [[], [[4.0]], [[0, 0], [0, 0]], [[1, -1], [-1, 1]]])
def test_questions_without_variance_have_no_alpha(covariances):
    assert cronbach(covariances) == (None, None)


def test_a_question_that_never_varies_leaves_only_the_raw_alpha():
    assert cronbach([[4, 2, 0], [2, 4, 0], [0, 0, 0]]) == Alpha(pytest.approx(1.5 * (1 - 8 / 12)), None)

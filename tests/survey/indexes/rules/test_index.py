import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.indexes.rules.figures import figures
from survey.indexes.rules.index import (
    dimension_estimates,
    index_estimates,
    question_estimates,
)
from survey.questionnaires.definition import Definition
from survey.statistics.intervals import Estimate
from survey.tallies.rules.cells import Layout, count
from survey.tallies.rules.pooling import Pool


def rating(code, dimension, **more):
    return {"code": code, "kind": "rating", "dimension": dimension, "texts": {}} | more


ASKED = Definition.parse(
    {
        "questions": [
            rating("a", "x", weight=2),
            rating("b", "x", best="low", scale=7),
            rating("c", "y"),
            {"code": "nps", "kind": "nps", "texts": {}},
        ],
        "weights": {"y": 3},
    }
)
SHARES = {"a": 1 / 4 * 2 / 3, "b": 1 / 4 * 1 / 3, "c": 3 / 4}
ANSWER = {"a": st.integers(1, 5), "b": st.integers(1, 7), "c": st.integers(1, 5)}
FULL = st.fixed_dictionaries(ANSWER)
PARTIAL = st.fixed_dictionaries({}, optional=ANSWER)


def scores(answer):
    return {q: 25 * (x - 1) if q != "b" else 100 * (7 - x) / 6 for q, x in answer.items() if q in SHARES}


def index_estimate(pool, row, least=1):
    return index_estimates(pool, row[None, :], least)[0]


def pooled(*versions):
    """Return the pool of (definition, answers), the newest first, and its row."""
    pool = Pool.of([(number, asked) for number, (asked, _answers) in enumerate(versions)])
    row = pool.empty()
    for number, (asked, answers) in enumerate(versions):
        pool.add(row, number, count(Layout.of(asked), answers))
    return pool, row


@given(st.lists(FULL, min_size=2, max_size=25))
def test_with_complete_answers_the_index_is_the_mean_of_each_respondents_index(answers):
    own = [sum(SHARES[q] * s for q, s in scores(answer).items()) for answer in answers]
    estimate = index_estimate(*pooled((ASKED, answers)))
    assert estimate.value == pytest.approx(np.mean(own))
    assert estimate.standard_error == pytest.approx(np.std(own, ddof=1) / len(own) ** 0.5, abs=1e-5)
    assert estimate.n == len(own)
    assert estimate.degrees == pytest.approx(len(own) - 1)


@settings(max_examples=200)
@given(st.lists(PARTIAL, max_size=25), st.integers(1, 4))
def test_with_missing_answers_the_estimate_is_the_index_of_the_page_with_the_variance_of_a_linear_form(
    answers, k
):
    pool, row = pooled((ASKED, answers))
    estimate = index_estimate(pool, row, k)
    assert estimate.value == figures(pool, row[None, :], k)[0].index
    given_by = {q: [scores(a).get(q) for a in answers] for q in SHARES}
    n = {q: sum(s is not None for s in column) for q, column in given_by.items()}
    counted = {q for q in SHARES if n[q] >= k}
    if not counted:
        assert estimate == Estimate(None, None, 0, reason="nobody")
        return
    if min(n[q] for q in counted) == 1:
        assert (estimate.standard_error, estimate.reason) == (None, "single")
        return
    x = sum(w for q, w in (("a", 2), ("b", 1)) if q in counted)
    whole = (1 if x else 0) + (3 if "c" in counted else 0)
    share = {q: {"a": 2, "b": 1}[q] / x / whole if q != "c" else 3 / whole for q in counted}
    forms = np.zeros(len(answers))
    for q in counted:
        known = np.array([s is not None for s in given_by[q]])
        column = np.array([s or 0.0 for s in given_by[q]])
        mean = column[known].mean()
        forms += share[q] * np.where(known, column - mean, 0) / np.sqrt(n[q] * (n[q] - 1))
    assert estimate.standard_error == pytest.approx(np.sqrt((forms**2).sum()), abs=1e-5)
    assert min(n[q] for q in counted) - 1 <= estimate.degrees + 1e-9
    assert estimate.degrees <= max(n[q] for q in counted) - 1 + 1e-9


@given(st.lists(FULL, max_size=8), st.lists(FULL, max_size=8))
def test_versions_pool_with_their_pairs_whatever_their_order(new, old):
    turned = Definition.parse(
        {
            "questions": [
                rating("c", None),
                rating("gone", "x"),
                rating("b", "x", best="low", scale=7),
                rating("a", "x"),
            ]
        }
    )
    together = pooled((ASKED, new + old))
    apart = pooled((ASKED, new), (turned, old))
    assert index_estimate(*apart) == pytest.approx(index_estimate(*together)) or len(new + old) < 2
    pool, row = apart
    for pair in together[0].pairs:
        here, there = pool.pairs[pair], together[0].pairs[pair]
        assert row[here : here + 4].tolist() == together[1][there : there + 4].tolist()


def test_a_question_that_changed_its_scale_does_not_pool_its_pairs():
    changed = Definition.parse({"questions": [rating("a", "x"), rating("b", "x"), rating("c", "y")]})
    pool, row = pooled((ASKED, [{"a": 1, "b": 7, "c": 3}]), (changed, [{"a": 5, "b": 5, "c": 5}] * 9))
    assert row[pool.pairs["a", "b"]] == 1
    assert row[pool.pairs["a", "c"]] == 10


def test_equal_answers_have_no_error_but_an_interval_and_a_single_answer_has_neither():
    alike = index_estimate(*pooled((ASKED, [{"a": 4, "b": 3, "c": 2}] * 7)))
    assert alike.standard_error == 0
    assert alike.interval().low < alike.value < alike.interval().high
    alone = index_estimate(*pooled((ASKED, [{"a": 4}])))
    assert alone == Estimate(75, None, 1, reason="single")


def test_without_answers_or_rated_questions_there_is_no_index():
    for asked in (ASKED, Definition.parse({"questions": []})):
        assert index_estimate(*pooled((asked, []))).reason == "nobody"


def test_many_rows_at_once_have_the_estimates_of_each_row():
    pool, row = pooled((ASKED, [{"a": 4, "b": 3, "c": 2}, {"a": 1, "b": 3}, {"c": 5}]))
    rows = np.stack([row, pool.empty(), 3 * row])
    assert index_estimates(pool, rows) == [index_estimate(pool, single_row) for single_row in rows]
    assert [estimate.n for estimate in dimension_estimates(pool, rows, "y")] == [2, 0, 6]
    question_estimate = question_estimates(pool, rows, "a")[0]
    assert (question_estimate.value, question_estimate.standard_error) == (37.5, 37.5)
    with pytest.raises(KeyError):
        dimension_estimates(pool, rows, "z")


def test_ten_billion_answers_are_as_exact_as_ten():
    pool, row = pooled((ASKED, [{"a": 4, "b": 3, "c": 2}, {"a": 1, "b": 5, "c": 5}]))
    few, many = index_estimate(pool, 5 * row), index_estimate(pool, 5 * 10**9 * row)
    assert many.value == pytest.approx(few.value)
    assert many.standard_error * 1e10**0.5 == pytest.approx(few.standard_error * 9**0.5)

import statistics

import numpy as np
import pytest

from survey.indexes.rules.measures import Share, measures, overall_of
from survey.questionnaires.definition import Definition
from survey.tallies.rules.cells import Layout, count
from survey.tallies.rules.pooling import Pool


def rating(code, dimension=None, **more):
    return {"code": code, "kind": "rating", "dimension": dimension, "texts": {}} | more


NPS = {"code": "nps", "kind": "nps", "texts": {}}


def pool_of(*questions):
    definition = Definition.parse({"questions": list(questions)})
    return Pool.of([(1, definition)]), Layout.of(definition)


def measured(questions, answers, least=1):
    pool, layout = pool_of(*questions)
    return measures(pool, pool.pooled(1, count(layout, answers)[None, :])[0], least)


def test_every_figure_equals_the_one_computed_by_hand():
    given = [(5, 10), (4, 9), (4, 8), (2, 3), (1, 0)]
    row_measures = measured(
        [rating("overall"), rating("a", "x"), NPS],
        [{"overall": overall, "a": overall, "nps": nps} for overall, nps in given],
    )
    assert row_measures.n == 5
    assert row_measures.index.value == pytest.approx((100 + 75 + 75 + 25 + 0) / 5)
    assert row_measures.index.standard_error == pytest.approx(np.std([100, 75, 75, 25, 0], ddof=1) / 5**0.5)
    assert row_measures.dimensions["x"].value == row_measures.index.value
    assert (row_measures.promoters.promoters, row_measures.promoters.detractors) == (2, 2)
    assert (row_measures.satisfied.successes, row_measures.satisfied.n) == (3, 5)
    overall = row_measures.questions[0]
    assert (overall.bins, overall.counts, overall.n) == ((1, 2, 3, 4, 5), (1, 1, 0, 2, 1), 5)
    assert overall.mean == pytest.approx(3.2)
    assert overall.deviation == pytest.approx(statistics.stdev([5, 4, 4, 2, 1]))


def test_a_question_with_too_few_answers_shows_nothing():
    questions = [rating("overall"), rating("a", "x"), NPS]
    row_measures = measured(questions, [{"a": 4}] * 6 + [{"overall": 5, "nps": 9}], least=5)
    overall, a, _nps = row_measures.questions
    assert (overall.n, overall.mean, overall.score.value, overall.top) == (None, None, None, None)
    assert overall.deviation is None
    assert row_measures.promoters is row_measures.satisfied is None
    assert a.n == 6


def test_without_answers_a_question_shows_zero_answers_and_no_figures():
    row_measures = measured([rating("overall"), NPS], [], least=5)
    assert row_measures.questions[0].n == 0
    assert row_measures.satisfied is None
    assert row_measures.index.value is None


def test_the_lowest_answer_may_be_the_best_and_a_scale_of_two_has_no_top_boxes():
    row_measures = measured(
        [rating("overall", best="low"), rating("a", "x", scale=2)], [{"overall": 1, "a": 2}] * 4
    )
    assert row_measures.satisfied.percent == 100
    assert row_measures.questions[1].top is None


@pytest.mark.parametrize(
    ("questions", "overall"),
    [
        ([rating("a", "x"), rating("overall", "x")], "overall"),
        ([rating("a", "x"), rating("whole")], "whole"),
        ([rating("a"), rating("b")], None),  # each is a dimension by itself
        ([rating("a", "x")], None),
        ([NPS], None),
    ],
)
def test_the_overall_question_is_found_by_its_code_or_its_missing_dimension(questions, overall):
    question = overall_of(pool_of(*questions)[0])
    assert (question.code if question else None) == overall


def test_a_share_has_an_interval_and_a_standard_error_in_per_cent():
    share = Share(1, 100)
    assert share.percent == 1
    assert share.interval() == pytest.approx((0.172487, 5.575796), abs=1e-5)
    assert share.estimate.standard_error == pytest.approx(100 * (0.01 * 0.99 / 99) ** 0.5)
    assert Share(0, 0).percent is Share(0, 0).interval() is Share(0, 0).estimate.value is None

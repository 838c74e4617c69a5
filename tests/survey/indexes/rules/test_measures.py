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


def test_every_figure_by_hand():
    given = [(5, 10), (4, 9), (4, 8), (2, 3), (1, 0)]
    found = measured(
        [rating("overall"), rating("a", "x"), NPS],
        [{"overall": overall, "a": overall, "nps": nps} for overall, nps in given],
    )
    assert found.n == 5
    assert found.index.value == pytest.approx((100 + 75 + 75 + 25 + 0) / 5)
    assert found.index.standard_error == pytest.approx(np.std([100, 75, 75, 25, 0], ddof=1) / 5**0.5)
    assert found.dimensions["x"].value == found.index.value
    assert (found.promoters.promoters, found.promoters.detractors) == (2, 2)
    assert (found.satisfied.successes, found.satisfied.n) == (3, 5)
    overall = found.questions[0]
    assert (overall.bins, overall.counts, overall.n) == ((1, 2, 3, 4, 5), (1, 1, 0, 2, 1), 5)
    assert overall.mean == pytest.approx(3.2)


def test_a_question_with_too_few_answers_shows_nothing():
    questions = [rating("overall"), rating("a", "x"), NPS]
    found = measured(questions, [{"a": 4}] * 6 + [{"overall": 5, "nps": 9}], least=5)
    overall, a, _nps = found.questions
    assert (overall.n, overall.mean, overall.score.value, overall.top) == (None, None, None, None)
    assert found.promoters is found.satisfied is None
    assert a.n == 6


def test_what_nobody_answered_has_no_answers():
    found = measured([rating("overall"), NPS], [], least=5)
    assert found.questions[0].n == 0
    assert found.satisfied is None
    assert found.index.value is None


def test_the_lowest_may_be_best_and_a_scale_of_two_has_no_top_boxes():
    found = measured([rating("overall", best="low"), rating("a", "x", scale=2)], [{"overall": 1, "a": 2}] * 4)
    assert found.satisfied.percent == 100
    assert found.questions[1].top is None


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
def test_which_question_is_on_satisfaction_as_a_whole(questions, overall):
    found = overall_of(pool_of(*questions)[0])
    assert (found.code if found else None) == overall


def test_a_share_in_per_cent():
    one = Share(1, 100)
    assert one.percent == 1
    assert one.interval() == pytest.approx((0.17674, 5.44862), abs=1e-4)  # published, Wilson
    assert one.estimate.standard_error == pytest.approx(100 * (0.01 * 0.99 / 100) ** 0.5)
    assert Share(0, 0).percent is Share(0, 0).interval() is Share(0, 0).estimate.value is None

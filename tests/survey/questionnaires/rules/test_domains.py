"""Answers that represent all others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.definition import Definition, Option, Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.candidates import MOST_TOGETHER
from survey.questionnaires.rules.conditions import Comparison, comparisons, parse
from survey.questionnaires.rules.domains import TooManyCombinations, distinct_answers, distinct_contexts
from tests.survey.questionnaires import strategies


def test_answers_that_no_comparison_distinguishes_are_represented_once():
    question = Question("q", "nps")
    assert distinct_answers(question, [Comparison("q", "less", 7), Comparison("q", "less", 9)]) == [0, 7, 9]
    assert distinct_answers(question, []) == [0]


def test_a_statement_has_no_answers():
    assert distinct_answers(Question("q", "statement"), []) == []


def test_too_many_combinations_are_not_tried():
    codes = [f"o{n}" for n in range(MOST_TOGETHER + 1)]
    question = Question("q", "multiple_choice", options=tuple(Option(code, {}) for code in codes))
    compared = [Comparison("q", "contains", code) for code in codes]
    assert len(distinct_answers(question, compared[1:])) == 2**MOST_TOGETHER
    with pytest.raises(TooManyCombinations):
        distinct_answers(question, compared)


def test_a_service_point_may_be_compared_itself_or_by_its_region():
    compared = [Comparison("place", operator, "a", of_context=True) for operator in ("equal", "contains")]
    ways = distinct_contexts("place", compared, ["zh"])
    assert [[comparison.matches(way) for comparison in compared] for way in ways] == [
        [True, True],
        [False, False],
        [False, True],
    ]


@given(st.data())
def test_every_answer_has_a_representative(data):
    document = data.draw(strategies.questions("q"))
    question = Definition.parse({"questions": [document]}).questions[0]
    if question.kind not in strategies.ANSWERABLE:
        return
    show = {"all": data.draw(st.lists(strategies.comparisons([document]), min_size=1, max_size=4))}
    compared = [comparison for comparison in comparisons(parse(show)) if not comparison.of_context]
    answer = data.draw(
        strategies.answer(question).filter(
            lambda comparison: comparison != "na" or question.kind.endswith("text")
        )
    )
    outcome = [comparison.matches(answer) for comparison in compared]
    assert outcome in [
        [comparison.matches(candidate) for comparison in compared]
        for candidate in distinct_answers(question, compared)
    ]


@given(st.data())
def test_every_representative_is_a_valid_answer(data):
    document = data.draw(
        strategies.questions("q", ("rating", "nps", "yes_no", "single_choice", "number", "date"))
    )
    question = Definition.parse({"questions": [document]}).questions[0]
    show = {"all": data.draw(st.lists(strategies.comparisons([document]), min_size=1, max_size=4))}
    for candidate in distinct_answers(
        question, [comparison for comparison in comparisons(parse(show)) if not comparison.of_context]
    ):
        assert KINDS[question.kind].read(question, {"q": str(candidate)}) == {"q": candidate}

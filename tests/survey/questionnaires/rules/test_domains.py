"""Answers that stand for all others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.definition import Definition, Option, Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.candidates import MOST_TOGETHER
from survey.questionnaires.rules.conditions import Comparison, comparisons, parse
from survey.questionnaires.rules.domains import TooManyCombinations, distinct_answers, distinct_contexts
from tests.survey.questionnaires import strategies


def test_answers_that_no_comparison_tells_apart_are_one():
    asked = Question("q", "nps")
    assert distinct_answers(asked, [Comparison("q", "less", 7), Comparison("q", "less", 9)]) == [0, 7, 9]
    assert distinct_answers(asked, []) == [0]


def test_nothing_is_answered_to_a_statement():
    assert distinct_answers(Question("q", "statement"), []) == []


def test_too_many_combinations_are_not_tried():
    codes = [f"o{n}" for n in range(MOST_TOGETHER + 1)]
    asked = Question("q", "multiple_choice", options=tuple(Option(code, {}) for code in codes))
    compared = [Comparison("q", "contains", code) for code in codes]
    assert len(distinct_answers(asked, compared[1:])) == 2**MOST_TOGETHER
    with pytest.raises(TooManyCombinations):
        distinct_answers(asked, compared)


def test_a_point_may_lie_in_a_part_of_the_tree_or_be_it():
    compared = [Comparison("place", operator, "a", of_context=True) for operator in ("equal", "contains")]
    found = distinct_contexts("place", compared, ["zh"])
    assert [[one.matches(way) for one in compared] for way in found] == [
        [True, True],
        [False, False],
        [False, True],
    ]


@given(st.data())
def test_whatever_is_answered_there_is_one_that_stands_for_it(data):
    document = data.draw(strategies.questions("q"))
    asked = Definition.parse({"questions": [document]}).questions[0]
    if asked.kind not in strategies.ANSWERABLE:
        return
    show = {"all": data.draw(st.lists(strategies.comparisons([document]), min_size=1, max_size=4))}
    compared = [one for one in comparisons(parse(show)) if not one.of_context]
    answer = data.draw(
        strategies.answer(asked).filter(lambda one: one != "na" or asked.kind.endswith("text"))
    )
    outcome = [one.matches(answer) for one in compared]
    assert outcome in [
        [one.matches(known) for one in compared] for known in distinct_answers(asked, compared)
    ]


@given(st.data())
def test_every_one_of_them_can_be_answered(data):
    document = data.draw(
        strategies.questions("q", ("rating", "nps", "yes_no", "single_choice", "number", "date"))
    )
    asked = Definition.parse({"questions": [document]}).questions[0]
    show = {"all": data.draw(st.lists(strategies.comparisons([document]), min_size=1, max_size=4))}
    for known in distinct_answers(asked, [one for one in comparisons(parse(show)) if not one.of_context]):
        assert KINDS[asked.kind].read(asked, {"q": str(known)}) == {"q": known}

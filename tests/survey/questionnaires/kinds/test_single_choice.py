import pytest

from survey.questionnaires.definition import Option, Question
from survey.questionnaires.kinds import KINDS, InvalidAnswer

KIND = KINDS["single_choice"]
OPTIONS = (Option("a", {}), Option("b", {}))
QUESTION = Question(
    "pick", "single_choice", options=(*OPTIONS, Option("c", {}, other=True)), not_applicable=True
)
QUIZ = Question("pick", "single_choice", options=(*OPTIONS, Option("d", {}, right=True)))


def test_the_answer_is_the_option_s_code():
    assert KIND.read(QUESTION, {"pick": "a"}) == {"pick": "a"}
    assert KIND.read(QUESTION, {"pick": ""}) == KIND.read(QUESTION, {}) == {}


def test_the_line_of_other_is_kept_only_where_other_is_chosen():
    line = {"pick~other~text": " 停车 "}
    assert KIND.read(QUESTION, {"pick": "c"} | line) == {"pick": "c", "pick~other": "停车"}
    assert KIND.read(QUESTION, {"pick": "a"} | line) == {"pick": "a"}
    assert KIND.names(QUESTION) == ("pick", "pick~other~text")
    assert KIND.names(QUIZ) == ("pick",)


def test_not_applicable_is_an_answer_only_where_it_is_offered():
    assert KIND.read(QUESTION, {"pick": "na"}) == {"pick": "na"}
    with pytest.raises(InvalidAnswer, match="range"):
        KIND.read(QUIZ, {"pick": "na"})


@pytest.mark.parametrize("raw", ["x", "A", " a", "1"])
def test_an_option_that_is_not_offered_is_rejected(raw):
    with pytest.raises(InvalidAnswer, match="range"):
        KIND.read(QUESTION, {"pick": raw})


def test_each_option_is_counted_among_those_who_answered():
    columns = {column.key: column for column in KIND.columns(QUESTION)}
    assert list(columns) == ["pick.a", "pick.b", "pick.c"]
    assert [columns["pick.a"].number(answer) for answer in ("a", "b", "na", None)] == [1, 0, None, None]


def test_a_quiz_also_counts_correct_answers():
    first, *others = KIND.columns(QUIZ)
    assert (first.key, first.bins, first.scored) == ("pick", (0, 1), True)
    assert [first.number(answer) for answer in ("d", "a")] == [1, 0]
    assert [column.key for column in others] == ["pick.a", "pick.b", "pick.d"]


def test_an_export_has_the_option_and_the_line():
    assert KIND.exported(QUESTION) == ("pick", "pick~other")
    assert KIND.exported(QUIZ) == ("pick",)

import pytest

from survey.questionnaires.definition import Option, Question
from survey.questionnaires.kinds import KINDS, InvalidAnswer

KIND = KINDS["multiple_choice"]
OPTIONS = (Option("speed", {}), Option("price", {}), Option("else", {}, other=True))
NONE = Option("none", {}, exclusive=True)
QUESTION = Question("why", "multiple_choice", options=(*OPTIONS, NONE))
TWO = Question("why", "multiple_choice", options=(*OPTIONS, NONE), minimum=2, maximum=2)


def read(*chosen, question=QUESTION, **fields):
    return KIND.read(question, {f"why~{code}": "1" for code in chosen} | fields)


def test_the_answer_lists_ticked_options_in_their_order():
    assert read("price", "speed") == {"why": ["speed", "price"]}
    assert read() == read(**{"why~speed": ""}) == {}


def test_the_line_of_other_is_kept_only_where_other_is_ticked():
    assert read("else", **{"why~other~text": " 停车 "}) == {"why": ["else"], "why~other": "停车"}
    assert read("else", **{"why~other~text": " "}) == {"why": ["else"]}
    assert read("speed", **{"why~other~text": "停车"}) == {"why": ["speed"]}


def test_an_exclusive_option_is_accepted_only_alone():
    assert read("none") == read("none", question=TWO) == {"why": ["none"]}
    with pytest.raises(InvalidAnswer, match="exclusive"):
        read("none", "speed")


@pytest.mark.parametrize(
    ("chosen", "reason"), [(["speed"], "too few"), (["speed", "price", "else"], "too many")]
)
def test_too_few_and_too_many_options_are_rejected(chosen, reason):
    assert read("speed", "price", question=TWO) == {"why": ["speed", "price"]}
    with pytest.raises(InvalidAnswer, match=reason):
        read(*chosen, question=TWO)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"why~speed": "2"}, "range"),
        ({"why~speed": "on"}, "range"),
        ({"why~else": "1", "why~other~text": "x" * 201}, "length"),
        ({"why~else": "1", "why~other~text": "\u202e"}, "characters"),
    ],
)
def test_a_value_that_no_checkbox_sends_is_rejected(fields, reason):
    with pytest.raises(InvalidAnswer, match=reason):
        KIND.read(QUESTION, fields)


def test_each_option_is_counted_among_those_who_answered():
    columns = {column.key: column for column in KIND.columns(QUESTION)}
    assert list(columns) == ["why.speed", "why.price", "why.else", "why.none"]
    assert {column.bins for column in columns.values()} == {(0, 1)}
    assert not any(column.scored for column in columns.values())
    answers = [["speed", "else"], ["none"], None]
    assert [columns["why.speed"].number(answer) for answer in answers] == [1, 0, None]


def test_an_export_has_a_column_for_each_option_and_for_the_line():
    assert KIND.exported(QUESTION) == ("why.speed", "why.price", "why.else", "why.none", "why~other")

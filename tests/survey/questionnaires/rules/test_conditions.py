"""Conditions on answers and on the context of a response."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.rules.conditions import Context, comparisons, holds, parse, questions
from tests.survey.questionnaires import strategies

AT = Context(place=("group", "north", "north-1"), employee="e1", channel="qr", language="zh")


def asks(operator: str, value: object = None) -> dict:
    return {"question": "q", "is": operator, "value": value}


@pytest.mark.parametrize(
    ("operator", "value", "answer", "expected"),
    [
        ("answered", None, 0, True),
        ("equal", 3, 3, True),
        ("equal", 3, 4, False),
        ("different", 3, 4, True),
        ("less", 3, 2, True),
        ("less", 3, 3, False),
        ("at_most", 3, 3, True),
        ("more", 3, 3, False),
        ("more", 2.5, 3, True),
        ("at_least", 3, 3, True),
        ("at_least", "2026-03-01", "2026-02-28", False),
        ("contains", "b", ["a", "b"], True),
        ("contains", "b", ["a"], False),
        ("contains", "wait", "a long wait", True),
        ("one_of", [1, 2], 2, True),
        ("one_of", ["a", "b"], "c", False),
    ],
)
def test_an_answer_is_compared_with_a_value(operator, value, answer, expected):
    assert holds(parse(asks(operator, value)), {"q": answer}, AT) is expected


@pytest.mark.parametrize(
    "operator",
    ["answered", "equal", "different", "less", "at_most", "more", "at_least", "contains", "one_of"],
)
def test_without_an_answer_no_comparison_holds_and_its_opposite_does(operator):
    condition = asks(operator, [1] if operator == "one_of" else 1)
    assert not holds(parse(condition), {}, AT)
    assert holds(parse({"not": condition}), {}, AT)


@pytest.mark.parametrize(
    ("operator", "value", "answer"),
    [("less", "b", 3), ("contains", 1, "a text"), ("contains", "a", 3), ("more", 3, ["a"])],
)
def test_a_comparison_of_different_types_does_not_hold(operator, value, answer):
    assert not holds(parse(asks(operator, value)), {"q": answer}, AT)


@pytest.mark.parametrize(
    ("name", "operator", "value", "expected"),
    [
        ("place", "equal", "north-1", True),
        ("place", "equal", "north", False),
        ("place", "different", "north", True),
        ("place", "contains", "north", True),
        ("place", "contains", "south", False),
        ("place", "one_of", ["north-1", "south-1"], True),
        ("place", "one_of", ["north"], False),
        ("employee", "equal", "e1", True),
        ("employee", "answered", None, True),
        ("channel", "one_of", ["sms", "wechat"], False),
        ("language", "different", "en", True),
    ],
)
def test_the_context_is_compared_with_a_value(name, operator, value, expected):
    condition = parse({"context": name, "is": operator, "value": value})
    assert holds(condition, {}, AT) is expected


def test_no_comparison_with_the_employee_holds_without_an_employee():
    for operator in ("answered", "equal", "different"):
        condition = parse({"context": "employee", "is": operator, "value": "e1"})
        assert not holds(condition, {}, Context(place=("group",)))


def test_without_a_place_no_comparison_with_it_holds():
    for operator in ("answered", "equal", "different", "contains"):
        assert not holds(parse({"context": "place", "is": operator, "value": "group"}), {}, Context())


def test_parts_are_joined_by_all_any_and_not():
    low, high = asks("less", 3), asks("more", 3)
    assert holds(parse({"any": [low, high]}), {"q": 4}, AT)
    assert not holds(parse({"all": [low, high]}), {"q": 4}, AT)
    assert holds(parse({"not": {"all": [low, {"not": high}]}}), {"q": 3}, AT)


def test_questions_returns_the_codes_that_a_condition_refers_to():
    condition = parse(
        {
            "all": [
                asks("less", 3),
                {"not": {"question": "r", "is": "answered"}},
                {"context": "place", "is": "equal"},
            ]
        }
    )
    assert questions(condition) == {"q", "r"}
    assert [comparison.subject for comparison in comparisons(condition)] == ["q", "r", "place"]


EARLIER = [{"code": "q", "kind": "rating", "scale": 4}, {"code": "r", "kind": "yes_no"}]


@given(
    strategies.conditions(EARLIER),
    st.dictionaries(st.sampled_from("qr"), st.integers(0, 4)),
    strategies.contexts(),
)
def test_a_condition_and_its_opposite_never_agree(show, answers, context):
    assert holds(parse(show), answers, context) != holds(parse({"not": show}), answers, context)


@given(
    strategies.conditions(EARLIER),
    st.dictionaries(st.sampled_from("qr"), st.integers(0, 4)),
    strategies.contexts(),
)
def test_a_condition_agrees_with_its_parts_evaluated_separately(show, answers, context):
    def literally(part: dict) -> bool:
        if "all" in part:
            return all(literally(inner) for inner in part["all"])
        if "any" in part:
            return any(literally(inner) for inner in part["any"])
        return not literally(part["not"]) if "not" in part else holds(parse(part), answers, context)

    assert holds(parse(show), answers, context) == literally(show)

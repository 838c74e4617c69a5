"""The form of a condition."""

import pytest

from survey.questionnaires.rules.checking.conditions import check_condition

from .documents import asks


def wrong(show: object) -> list[tuple[str, str]]:
    return [(problem.where, problem.reason) for problem in check_condition(show, "show")]


@pytest.mark.parametrize(
    "show",
    [
        asks("q"),
        asks("q", "one_of", [1, "a"]),
        {"context": "place", "is": "contains", "value": "north"},
        {"all": [asks("q"), {"any": [asks("q"), {"not": {"all": [asks("q")]}}]}]},
    ],
)
def test_a_good_condition_has_no_problems(show):
    assert wrong(show) == []


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("q", ("show", "no object")),
        ({}, ("show", "condition")),
        ({"all": [asks("q")], "any": [asks("q")]}, ("show", "condition")),
        ({"question": "q", "context": "place", "is": "answered"}, ("show", "condition")),
        ({"all": []}, ("show.all", "empty")),
        ({"any": asks("q")}, ("show.any", "no list")),
        ({"any": [asks("q")] * 51}, ("show.any", "too many")),
        ({"not": [asks("q")]}, ("show.not", "no object")),
        ({"not": asks("q"), "value": 1}, ("show", "unknown key")),
        (asks("Q"), ("show.question", "code")),
        (asks("q", "near", 3), ("show.is", "choice")),
        (asks("q", "equal"), ("show", "missing")),
        (asks("q", "answered", 3), ("show", "unknown key")),
        (asks("q", "one_of", 3), ("show.value", "no list")),
        (asks("q", "one_of", []), ("show.value", "empty")),
        (asks("q", "one_of", [1] * 51), ("show.value", "too many")),
        (asks("q", "one_of", [1, [2]]), ("show.value[1]", "no value")),
        (asks("q", "equal", [1]), ("show.value", "no value")),
        (asks("q", "equal", True), ("show.value", "no value")),
        (asks("q", "equal", float("inf")), ("show.value", "range")),
        (asks("q", "equal", " "), ("show.value", "no value")),
        (asks("q", "equal", "x" * 201), ("show.value", "too long")),
        (asks("q", "equal", "\u202e"), ("show.value", "characters")),
        ({"context": "weather", "is": "equal", "value": "rain"}, ("show.context", "choice")),
        ({"context": "place", "is": "equal", "value": "x", "question_": "q"}, ("show", "unknown key")),
    ],
)
def test_an_invalid_condition_is_reported(show, expected):
    assert wrong(show) == [expected]


def test_the_depth_of_a_condition_is_limited():
    show = asks("q")
    for _ in range(4):
        show = {"not": show}
    assert wrong(show) == []
    assert wrong({"not": show}) == [("show" + ".not" * 5, "too deep")]


def test_the_size_of_a_condition_is_limited():
    half = {"all": [asks("q")] * 25}
    assert wrong({"any": [half, half]}) == []
    assert wrong({"any": [half, half, asks("q")]}) == [("show", "too many")]

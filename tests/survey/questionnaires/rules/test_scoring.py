import pytest

from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.scoring import score

RIGHT = [{"code": "x", "texts": {"en": "X"}, "right": True}, {"code": "y", "texts": {"en": "Y"}}]


def definition(*questions):
    return Definition.parse({"questions": [{"texts": {"en": "?"}, **question} for question in questions]})


QUIZ = definition(
    {"code": "a", "kind": "single_choice", "options": RIGHT, "weight": 2},
    {"code": "b", "kind": "single_choice", "options": RIGHT, "not_applicable": True},
    {"code": "c", "kind": "single_choice", "options": [option | {"right": False} for option in RIGHT]},
    {"code": "comment", "kind": "text"},
)
CALL = definition(
    {"code": "a", "kind": "rating", "dimension": "quality", "weight": 60},
    {"code": "b", "kind": "rating", "scale": 3, "best": "low", "dimension": "quality", "weight": 40},
    {"code": "likely", "kind": "nps"},
)


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ({"a": "x", "b": "x", "c": "x"}, (3, 3)),
        ({"a": "x", "b": "y"}, (2, 3)),
        ({"a": "y"}, (0, 3)),
        ({"a": "x", "b": "na"}, (2, 2)),
        ({}, (0, 3)),
    ],
)
def test_a_quiz_counts_right_answers_by_weight(answers, points):
    assert score(QUIZ, answers) == points


@pytest.mark.parametrize(
    ("answers", "points"),
    [({"a": 5, "b": 1, "likely": 0}, 100), ({"a": 1, "b": 3}, 0), ({"a": 4, "b": 2}, 65), ({"a": 3}, 30)],
)
def test_ratings_of_a_dimension_are_rescaled_to_their_weight(answers, points):
    assert score(CALL, answers) == (points, 100)


def test_a_hidden_question_has_no_points():
    assert score(CALL, {"a": 5, "b": 1}, shown={"a", "likely"}) == (60, 60)


def test_a_questionnaire_without_points_has_none():
    assert score(definition({"code": "a", "kind": "rating"}), {"a": 5}) == (0, 0)

"""Questions as their templates get them."""

from pathlib import Path

import pytest

from survey.answering.question_views import QuestionView, count_numbered, field_names, make_views
from survey.questionnaires.definition import Definition, Question
from survey.questionnaires.kinds import KINDS

from .documents import EVERY_KIND, item, options

ROOT = Path(__file__).resolve().parents[3]
FOUR = Definition.parse(
    {
        "questions": [
            item("hello", "statement"),
            item("a"),
            item("a_why", "text", about="a"),
            item("b", "multiple_choice", options=options("x", "y")),
        ]
    }
).questions


def english(texts):
    return texts.get("en", "")


def make_four(shown=("hello", "a", "a_why", "b"), first=1, fields=None, errors=None):
    return make_views(FOUR, set(shown), first, english, fields or {}, errors or {})


def test_only_questions_are_numbered_not_statements_or_comments():
    assert [(view.code, view.number) for view in make_four(first=4)] == [("hello", None), ("a", 4), ("b", 5)]
    assert count_numbered(FOUR, {"hello", "a", "a_why", "b"}) == 2


def test_a_comment_is_shown_within_its_question():
    (opinion,) = make_four(errors={"a_why": "too long"})[1].opinions
    assert (opinion.code, opinion.wrong) == ("a_why", "too long")


def test_a_comment_on_a_question_of_another_page_is_shown_alone():
    assert [view.code for view in make_four(shown=("a_why", "b"))] == ["a_why", "b"]
    assert count_numbered(FOUR, {"a_why", "b"}) == 2


def test_the_names_of_all_fields_on_the_page_are_returned():
    assert field_names(make_four()) == {"a", "a_why", "b~x", "b~y"}
    assert field_names(make_four(shown=("b",))) == {"b~x", "b~y"}


def test_a_view_returns_the_value_of_each_field():
    question = make_four(fields={"a": "4", "b~x": "1"})
    assert question[1].is_chosen(4)
    assert not question[1].is_chosen(5)
    assert (question[2].value("x"), question[2].value("y")) == ("1", "")


def rating(**settings):
    return QuestionView(Question("a", "rating", **settings), english, {})


FIVE = ("worst", "bad", "so so", "good", "best")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"labels": tuple({"en": word} for word in "abcde")}, list("abcde")),
        ({"labels": ({"en": "a"},), "scale": 3}, ["a", "", ""]),
        ({}, list(FIVE)),
        ({"scale": 3}, ["worst", "", "best"]),
        ({"scale": 2, "best": "low"}, ["best", "worst"]),
    ],
)
def test_a_rating_shows_its_own_labels_or_the_usual_ones(settings, words):
    assert rating(**settings).words(*FIVE) == words


def test_a_face_smiles_at_the_good_end():
    assert [rating().smile(point) for point in range(1, 6)] == [-6, -3, 0, 3, 6]
    assert [rating(best="low", scale=2).smile(point) for point in (1, 2)] == [6, -6]


def test_the_question_limits_the_length_of_a_text():
    lengths = [
        QuestionView(Question("a", kind, maximum=most), english, {}).longest
        for kind, most in (("text", None), ("text", 50), ("short_text", None), ("short_text", 5000))
    ]
    assert lengths == [2000, 50, 200, 200]


def test_every_kind_has_a_template():
    drawn = {path.stem[1:] for path in (ROOT / "templates/survey/answering/kinds").glob("_*.html")}
    assert drawn == set(KINDS) == {question["kind"] for question in EVERY_KIND}

"""How questions are put before their templates."""

from pathlib import Path

import pytest

from survey.answering.question_views import Asked, asked, count, names
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


def put(shown=("hello", "a", "a_why", "b"), first=1, fields=None, errors=None):
    return asked(FOUR, set(shown), first, english, fields or {}, errors or {})


def test_questions_are_numbered_and_statements_and_opinions_are_not():
    assert [(one.code, one.number) for one in put(first=4)] == [("hello", None), ("a", 4), ("b", 5)]
    assert count(FOUR, {"hello", "a", "a_why", "b"}) == 2


def test_an_opinion_stands_within_its_question():
    (opinion,) = put(errors={"a_why": "too long"})[1].opinions
    assert (opinion.code, opinion.wrong) == ("a_why", "too long")


def test_an_opinion_on_what_is_not_on_the_page_stands_alone():
    assert [one.code for one in put(shown=("a_why", "b"))] == ["a_why", "b"]
    assert count(FOUR, {"a_why", "b"}) == 2


def test_the_fields_that_are_drawn_are_known_by_name():
    assert names(put()) == {"a", "a_why", "b~x", "b~y"}
    assert names(put(shown=("b",))) == {"b~x", "b~y"}


def test_what_was_typed_is_found_by_field():
    question = put(fields={"a": "4", "b~x": "1"})
    assert question[1].is_chosen(4)
    assert not question[1].is_chosen(5)
    assert (question[2].value("x"), question[2].value("y")) == ("1", "")


def rating(**settings):
    return Asked(Question("a", "rating", **settings), english, {})


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
def test_a_rating_says_its_own_words_else_the_usual_ones(settings, words):
    assert rating(**settings).words(*FIVE) == words


def test_a_face_smiles_at_the_good_end():
    assert [rating().smile(point) for point in range(1, 6)] == [-6, -3, 0, 3, 6]
    assert [rating(best="low", scale=2).smile(point) for point in (1, 2)] == [6, -6]


def test_a_text_is_as_long_as_its_question_allows():
    lengths = [
        Asked(Question("a", kind, maximum=most), english, {}).longest
        for kind, most in (("text", None), ("text", 50), ("short_text", None), ("short_text", 5000))
    ]
    assert lengths == [2000, 50, 200, 200]


def test_every_kind_has_a_template():
    drawn = {path.stem[1:] for path in (ROOT / "templates/survey/answering/kinds").glob("_*.html")}
    assert drawn == set(KINDS) == {one["kind"] for one in EVERY_KIND}

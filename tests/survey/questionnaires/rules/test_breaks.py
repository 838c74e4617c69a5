from datetime import date

from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.breaks import Break, PublishedVersion, latest_breaks


def rating(code, **more):
    return {"code": code, "kind": "rating", "texts": {"zh": code}} | more


def published(number, *questions):
    return PublishedVersion(number, date(2026, number, 1), Definition.parse({"questions": list(questions)}))


def test_answers_count_since_the_scale_of_the_question_changed():
    versions = [
        published(4, rating("a", scale=10), rating("b")),
        published(3, rating("a", scale=10), rating("b")),
        published(2, rating("a"), rating("b")),
        published(1, rating("a", scale=7), rating("b")),
    ]
    assert latest_breaks(versions) == [Break("a", 2, 3, date(2026, 3, 1), ("scale",))]


def test_a_question_that_a_version_left_out_is_compared_with_its_last_version():
    versions = [published(3, rating("a", best="low")), published(2, rating("b")), published(1, rating("a"))]
    assert latest_breaks(versions) == [Break("a", 1, 3, date(2026, 3, 1), ("direction",))]


def test_other_texts_cause_no_break():
    assert latest_breaks([published(2, rating("a", texts={"zh": "新"})), published(1, rating("a"))]) == []
    assert latest_breaks([]) == []

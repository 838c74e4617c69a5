from datetime import date

from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.breaks import Break, PublishedVersion, latest_breaks


def rating(code, **more):
    return {"code": code, "kind": "rating", "texts": {"zh": code}} | more


def asked(number, *questions):
    return PublishedVersion(number, date(2026, number, 1), Definition.parse({"questions": list(questions)}))


def test_a_question_that_was_asked_on_another_scale_counts_since_it_changed():
    versions = [
        asked(4, rating("a", scale=10), rating("b")),
        asked(3, rating("a", scale=10), rating("b")),
        asked(2, rating("a"), rating("b")),
        asked(1, rating("a", scale=7), rating("b")),
    ]
    assert latest_breaks(versions) == [Break("a", 2, 3, date(2026, 3, 1), ("scale",))]


def test_what_was_away_for_a_version_is_compared_with_when_it_was_last_asked():
    versions = [asked(3, rating("a", best="low")), asked(2, rating("b")), asked(1, rating("a"))]
    assert latest_breaks(versions) == [Break("a", 1, 3, date(2026, 3, 1), ("direction",))]


def test_other_words_break_nothing():
    assert latest_breaks([asked(2, rating("a", texts={"zh": "新"})), asked(1, rating("a"))]) == []
    assert latest_breaks([]) == []

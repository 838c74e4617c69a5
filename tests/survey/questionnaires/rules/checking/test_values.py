"""Plain values."""

import pytest

from survey.questionnaires.kinds.date import day_of
from survey.questionnaires.rules.checking.problem import excerpt
from survey.questionnaires.rules.checking.values import SLUG, TAG, TextChecker, matches


@pytest.mark.parametrize("tag", ["zh", "en", "ug", "bo", "zh-Hant", "pt-BR", "es-419", "yue"])
def test_valid_language_tags_are_accepted(tag):
    assert matches(tag, TAG)


@pytest.mark.parametrize("tag", ["", "ZH", "zh_CN", "chinese", "zh-", "zh\n", None, 5])
def test_other_words_are_rejected_as_tags(tag):
    assert not matches(tag, TAG)


@pytest.mark.parametrize(
    ("slug", "good"), [("a", True), ("a-b_c9", True), ("a--b", False), ("-a", False), ("", False)]
)
def test_only_valid_slugs_match(slug, good):
    assert matches(slug, SLUG) is good


def test_only_valid_days_are_accepted():
    assert day_of("2028-02-29")
    assert not any(map(day_of, ["2027-02-29", "2027-W01-1", "20270101", "2027-1-1", 5, None]))


def test_the_limit_of_all_texts_together_is_reported_once():
    reader = TextChecker(["zh"], room=100)
    reasons = [p.reason for n in range(5) for p in reader.texts({"zh": "x" * 50}, f"t{n}")]
    assert reasons == ["too large"]


def test_values_are_shortened():
    assert excerpt("x" * 100) == "x" * 60 + "…"
    assert [excerpt(value) for value in (5, 1.5, True, None, [], {}, 10**5000)] == [
        "5",
        "1.5",
        "True",
        "None",
        "…",
        "…",
        "…",
    ]

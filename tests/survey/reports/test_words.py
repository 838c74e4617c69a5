import re
from datetime import date

import pytest

from survey.reports.words import LANGUAGES, load_words, month_name, number, signed_number


def test_each_language_has_the_same_texts():
    zh, en = (load_words(language) for language in LANGUAGES)
    assert zh.texts.keys() == en.texts.keys()
    assert zh.dimensions.keys() == en.dimensions.keys()
    assert len(zh.explained) == len(en.explained)


def test_each_language_has_the_same_placeholders():
    zh, en = (load_words(language) for language in LANGUAGES)

    def placeholders(text):
        return sorted(re.findall(r"\{\w+\}", text))

    for key, text in zh.texts.items():
        if isinstance(text, str):
            assert placeholders(text) == placeholders(en.texts[key]), key


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(None, 1, "–"), (1234.56, 1, "1,234.6"), (-3.24, 1, "−3.2"), (-0.04, 1, "0.0"), (7, 0, "7")],
)
def test_numbers_have_separators_a_minus_sign_or_a_dash(value, digits, text):
    assert number(value, digits) == text


@pytest.mark.parametrize(("value", "text"), [(1.24, "+1.2"), (-1.0, "−1.0"), (0.01, "0.0"), (None, "–")])
def test_changes_have_a_sign(value, text):
    assert signed_number(value) == text


def test_months_are_written_in_both_languages():
    assert month_name(date(2026, 10, 1), "zh") == "2026年10月"
    assert month_name(date(2026, 1, 1), "en") == "January 2026"

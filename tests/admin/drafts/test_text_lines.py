from admin.drafts import text_lines
from survey.questionnaires.publication import library_document
from survey.questionnaires.rules.translating import digest

DOCUMENT = library_document("r5")
KEY = "quality.texts"


def line(typed=text_lines.NOTHING, language="en"):
    return next(one for one in text_lines.lines_of(DOCUMENT, language, typed) if one.key == KEY)


def test_a_line_says_where_its_text_is_and_what_it_is_in_both_languages(embedded_app):
    with embedded_app.test_request_context(headers={"Accept-Language": "en"}):
        found = line()
    assert (found.where, found.base, found.text) == ("Question 1", "服务质量", "Service quality")
    assert found.seen == digest("Service quality")


def test_only_what_differs_from_what_was_seen_is_typed(embedded_app):
    form = {f"text.{KEY}": "Service\r\nquality ", f"seen.{KEY}": digest("x"), "text.nothing": "y"}
    form |= {"text.value.texts": "Value", "seen.value.texts": digest("Value")}
    with embedded_app.test_request_context():
        assert text_lines.read_typed(DOCUMENT, form).good == {KEY: (digest("x"), "Service\nquality")}


def test_what_is_held_back_stands_as_it_was_typed(embedded_app):
    with embedded_app.test_request_context(headers={"Accept-Language": "en"}):
        typed = text_lines.read_typed(DOCUMENT, {f"text.{KEY}": "x" * 2001})
        assert typed.good == {}
        assert line(typed).error == "At most 2000 characters."
        assert line(typed).text == "x" * 2001
        typed = text_lines.read_typed(DOCUMENT, {f"text.{KEY}": "Mine"})
        typed.theirs[KEY] = "Hers"
        assert (line(typed).text, line(typed).theirs, typed.good) == ("Mine", "Hers", {})

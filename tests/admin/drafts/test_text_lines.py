from admin.drafts import text_lines
from survey.questionnaires.publication import library_document
from survey.questionnaires.rules.translating import digest

DOCUMENT = library_document("r5")
KEY = "quality.texts"


def line(typed=text_lines.NOTHING, language="en"):
    return next(
        candidate for candidate in text_lines.lines_of(DOCUMENT, language, typed) if candidate.key == KEY
    )


def test_a_line_shows_the_position_of_its_text_and_both_languages(embedded_app):
    with embedded_app.test_request_context(headers={"Accept-Language": "en"}):
        shown = line()
    assert (shown.where, shown.base, shown.text) == ("Question 1", "服务质量", "Service quality")
    assert shown.seen == digest("Service quality")


def test_only_texts_that_differ_from_the_shown_texts_are_read(embedded_app):
    form = {f"text.{KEY}": "Service\r\nquality ", f"seen.{KEY}": digest("x"), "text.nothing": "y"}
    form |= {"text.value.texts": "Value", "seen.value.texts": digest("Value")}
    with embedded_app.test_request_context():
        assert text_lines.read_typed(DOCUMENT, form).good == {KEY: (digest("x"), "Service\nquality")}


def test_a_text_that_is_held_back_stays_as_it_was_typed(embedded_app):
    with embedded_app.test_request_context(headers={"Accept-Language": "en"}):
        typed = text_lines.read_typed(DOCUMENT, {f"text.{KEY}": "x" * 2001})
        assert typed.good == {}
        assert line(typed).error == "At most 2000 characters."
        assert line(typed).text == "x" * 2001
        typed = text_lines.read_typed(DOCUMENT, {f"text.{KEY}": "Mine"})
        typed.theirs[KEY] = "Hers"
        assert (line(typed).text, line(typed).theirs, typed.good) == ("Mine", "Hers", {})

"""The page to which a form leads."""

import pytest

from survey.answering.walking import BACK, LOOK, NEXT, SEND, STAY, Position, begin, revealable, walk
from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.reading import UnknownField
from survey.questionnaires.rules.visibility import Context

from .documents import item, page, when

HERE = Context(("group", "north"), None, "qr", "zh")


def definition(*items):
    return Definition.parse({"questions": list(items)})


THREE = definition(
    item("a", required=True),
    page("second", show=when("a", "at_most", 2)),
    item("b", required=True),
    page("third"),
    item("c"),
    item("c_why", "text", show=when("c", "at_most", 2), required=True),
    item("c_more", "text", about="c_why"),
)


def go(fields, page_number, action, seen=(), walked=THREE):
    return walk(walked, fields, HERE, Position(page_number, action, frozenset(seen)))


def test_the_walk_begins_with_the_first_page_that_shows():
    assert begin(THREE, HERE).page == 0
    hidden = definition(page("no", show={"context": "channel", "is": "equal", "value": "sms"}), item("a"))
    assert begin(hidden, HERE).pages == ()
    late = definition(
        page("no", show={"not": {"context": "channel", "is": "equal", "value": "qr"}}),
        item("a"),
        page("p"),
        item("b"),
    )
    assert (begin(late, HERE).page, begin(late, HERE).pages) == (1, (1,))


def test_a_page_that_does_not_show_is_skipped():
    assert go({"a": "2"}, 0, NEXT).page == 1
    assert go({"a": "3"}, 0, NEXT).page == 2


def test_a_page_with_errors_is_shown_again():
    step = go({}, 0, NEXT)
    assert (step.page, step.errors) == (0, {"a": "required"})
    step = go({"a": "9"}, 0, SEND)
    assert (step.page, step.errors) == (0, {"a": "range"})


def test_back_leads_to_the_page_before_without_errors():
    assert go({"a": "2"}, 2, BACK).page == 1
    step = go({"a": "3"}, 2, BACK)
    assert (step.page, step.errors) == (0, {})
    assert go({}, 0, BACK).page == 0


def test_staying_shows_the_same_page_without_errors():
    step = go({"a": "2"}, 1, STAY)
    assert (step.page, step.errors) == (1, {})
    assert go({"a": "3"}, 1, STAY).page == 0


def test_a_question_revealed_by_an_answer_on_its_page_is_shown_before_the_next_page():
    step = go({"a": "3", "c": "1"}, 2, SEND)
    assert (step.page, step.news, step.errors) == (2, "revealed", {})
    assert "c_why" in step.questions
    step = go({"a": "3", "c": "1"}, 2, SEND, seen=("c_why", "c_more"))
    assert (step.page, step.errors) == (2, {"c_why": "required"})
    assert go({"a": "3", "c": "1", "c_why": "x"}, 2, SEND, seen=("c_why", "c_more")).reading is not None


def test_a_question_that_no_longer_shows_is_neither_read_nor_required():
    step = go({"a": "3", "b": "5", "c": "5", "c_why": "x"}, 2, SEND, seen=("c_why", "c_more"))
    assert step.reading.answers == {"a": 3, "c": 5}


def test_submitting_a_page_that_is_no_longer_the_last_leads_to_the_next():
    assert go({"a": "1", "b": "1"}, 1, SEND).page == 2


def test_next_on_the_last_page_gives_a_notice_and_only_submitting_stores():
    hidden = definition(item("a"), page("p", show=when("a", "equal", 1)), item("b"))
    step = go({"a": "2"}, 0, NEXT, walked=hidden)
    assert (step.page, step.news, step.reading) == (0, "last", None)
    assert go({"a": "2"}, 0, SEND, walked=hidden).reading.answers == {"a": 2}


def test_an_earlier_page_with_errors_is_shown_with_them():
    step = go({"a": "1", "b": "9"}, 2, SEND)
    assert (step.page, step.errors) == (1, {"b": "range"})
    assert step.reading is None


def test_looking_returns_the_questions_that_show_without_errors():
    step = go({"c": "1"}, 2, LOOK)
    assert step.errors == {}
    assert {"c", "c_why", "c_more"} <= step.questions


def test_revealable_questions_are_those_that_answers_on_the_same_page_reveal():
    assert [revealable(THREE, number) for number in range(3)] == [
        frozenset(),
        frozenset(),
        {"c_why", "c_more"},
    ]


def test_contacts_are_never_among_the_answers():
    questionnaire = definition(item("call", "contact"))
    reading = go({"call~phone": "12345"}, 0, SEND, walked=questionnaire).reading
    assert reading.answers == {}
    assert reading.contacts == {"call": {"name": "", "phone": "12345"}}


def test_an_unknown_page_and_an_unknown_field_are_rejected():
    with pytest.raises(LookupError):
        go({}, 3, NEXT)
    with pytest.raises(UnknownField):
        go({"salary": "1"}, 0, NEXT)

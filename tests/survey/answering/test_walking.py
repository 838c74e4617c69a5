"""Where a form leads, page by page."""

import pytest

from survey.answering.walking import BACK, LOOK, NEXT, SEND, STAY, Position, begin, inner, walk
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


def go(fields, at, way, seen=(), of=THREE):
    return walk(of, fields, HERE, Position(at, way, frozenset(seen)))


def test_it_begins_with_the_first_page_that_shows():
    assert begin(THREE, HERE).at == 0
    hidden = definition(page("no", show={"context": "channel", "is": "equal", "value": "sms"}), item("a"))
    assert begin(hidden, HERE).pages == ()
    late = definition(
        page("no", show={"not": {"context": "channel", "is": "equal", "value": "qr"}}),
        item("a"),
        page("p"),
        item("b"),
    )
    assert (begin(late, HERE).at, begin(late, HERE).pages) == (1, (1,))


def test_a_page_that_does_not_show_is_passed_over():
    assert go({"a": "2"}, 0, NEXT).at == 1
    assert go({"a": "3"}, 0, NEXT).at == 2


def test_what_is_wrong_on_the_page_being_left_keeps_it():
    step = go({}, 0, NEXT)
    assert (step.at, step.errors) == (0, {"a": "required"})
    step = go({"a": "9"}, 0, SEND)
    assert (step.at, step.errors) == (0, {"a": "range"})


def test_back_goes_to_the_page_before_and_complains_of_nothing():
    assert go({"a": "2"}, 2, BACK).at == 1
    step = go({"a": "3"}, 2, BACK)
    assert (step.at, step.errors) == (0, {})
    assert go({}, 0, BACK).at == 0


def test_staying_shows_the_same_page_and_complains_of_nothing():
    step = go({"a": "2"}, 1, STAY)
    assert (step.at, step.errors) == (1, {})
    assert go({"a": "3"}, 1, STAY).at == 0


def test_a_question_that_an_answer_on_its_page_brings_up_is_shown_before_going_on():
    step = go({"a": "3", "c": "1"}, 2, SEND)
    assert (step.at, step.news, step.errors) == (2, "revealed", {})
    assert "c_why" in step.questions
    step = go({"a": "3", "c": "1"}, 2, SEND, seen=("c_why", "c_more"))
    assert (step.at, step.errors) == (2, {"c_why": "required"})
    assert go({"a": "3", "c": "1", "c_why": "x"}, 2, SEND, seen=("c_why", "c_more")).reading is not None


def test_a_question_that_went_into_hiding_is_neither_read_nor_required():
    step = go({"a": "3", "b": "5", "c": "5", "c_why": "x"}, 2, SEND, seen=("c_why", "c_more"))
    assert step.reading.answers == {"a": 3, "c": 5}


def test_sending_from_a_page_that_is_no_longer_the_last_goes_on():
    assert go({"a": "1", "b": "1"}, 1, SEND).at == 2


def test_where_there_is_no_next_page_it_says_so_and_stores_only_on_send():
    of = definition(item("a"), page("p", show=when("a", "equal", 1)), item("b"))
    step = go({"a": "2"}, 0, NEXT, of=of)
    assert (step.at, step.news, step.reading) == (0, "last", None)
    assert go({"a": "2"}, 0, SEND, of=of).reading.answers == {"a": 2}


def test_an_earlier_page_that_is_wrong_is_shown_with_what_is_wrong_on_it():
    step = go({"a": "1", "b": "9"}, 2, SEND)
    assert (step.at, step.errors) == (1, {"b": "range"})
    assert step.reading is None


def test_looking_tells_what_shows_and_complains_of_nothing():
    step = go({"c": "1"}, 2, LOOK)
    assert step.errors == {}
    assert {"c", "c_why", "c_more"} <= step.questions


def test_the_inner_questions_are_those_that_answers_on_the_same_page_decide():
    assert [inner(THREE, number) for number in range(3)] == [frozenset(), frozenset(), {"c_why", "c_more"}]


def test_contacts_never_come_among_the_answers():
    of = definition(item("call", "contact"))
    reading = go({"call~phone": "12345"}, 0, SEND, of=of).reading
    assert reading.answers == {}
    assert reading.contacts == {"call": {"name": "", "phone": "12345"}}


def test_no_such_page_and_no_such_field_are_refused():
    with pytest.raises(LookupError):
        go({}, 3, NEXT)
    with pytest.raises(UnknownField):
        go({"salary": "1"}, 0, NEXT)

from datetime import date
from uuid import UUID

from survey.audit.rules import telling
from survey.audit.rules.telling import (
    LONGEST,
    count_rows,
    describe_change,
    is_counted,
    merge_changes,
    plain_value,
    short_text,
    tellable_subject,
)


def test_values_are_told_before_and_after():
    told = describe_change(
        "campaign", "changed", {"id": 3}, [("paused", False, True), ("ends_on", None, date(2026, 1, 2))]
    )
    assert told == {
        "table": "campaign",
        "did": "changed",
        "key": {"id": 3},
        "values": {"paused": [False, True], "ends_on": [None, "2026-01-02"]},
    }


def test_what_says_nothing_of_the_act_is_left_out():
    told = describe_change(
        "campaign", "added", {"id": 3}, [("budget", None, 5), ("made_with", None, "a form")]
    )
    assert told["values"] == {"budget": [None, 5]}


def test_personal_and_secret_columns_are_only_told_to_have_changed():
    told = describe_change(
        "staff", "changed", {"id": 1}, [("name", "王芳", "李静"), ("password_hash", "a", "b")]
    )
    assert told["values"] == {}
    assert told["withheld"] == ["name", "password_hash"]


def test_an_undeclared_column_is_only_told_to_have_changed():
    told = describe_change("staff", "changed", {"id": 1, "email": "a@b"}, [("nickname", "a", "b")])
    assert (told["key"], told["values"], told["withheld"]) == ({"id": 1}, {}, ["nickname"])


def test_only_the_number_of_rows_of_an_undeclared_table_is_told():
    assert is_counted("stamp")
    assert describe_change("stamp", "added", {"kind": "phone"}, [("note", None, "y")]) == count_rows(
        "stamp", "added", 1
    )


def test_only_the_number_of_rows_of_a_table_without_a_class_is_told(monkeypatch):
    monkeypatch.setattr(telling, "is_told", lambda table: table != "place")
    assert is_counted("place")
    assert not is_counted("staff")


def test_only_the_number_of_rows_about_persons_is_told():
    assert describe_change("contact", "removed", {"id": 1}, [("name", "x", None)]) == count_rows(
        "contact", "removed", 1
    )


def test_an_act_is_done_to_codes_and_numbers():
    assert tellable_subject({"code": "P 1", "number": 3, "month": "2026-11"}) == {
        "code": "P 1",
        "number": 3,
        "month": "2026-11",
    }


def test_what_an_act_may_not_tell_is_left_out():
    assert tellable_subject({"username": "wang.fang", "phone": "13800138000"}) == {}


def test_a_value_that_does_not_look_as_it_was_declared_is_left_out():
    assert (
        tellable_subject({"state": "王芳 很满意", "page": "x", "from": "13800138000", "code": "a\nb"}) == {}
    )


def test_two_changes_of_a_row_are_one():
    first = describe_change("place", "added", {"id": 1}, [("path", None, "/"), ("code", None, "P")])
    then = describe_change("place", "changed", {"id": 1}, [("path", "/", "/1/"), ("kind", "a", "b")])
    assert merge_changes(first, then)["did"] == "added"
    assert merge_changes(first, then)["values"] == {
        "path": [None, "/1/"],
        "code": [None, "P"],
        "kind": ["a", "b"],
    }


def test_values_are_written_as_every_database_keeps_them():
    assert plain_value(True) is True
    assert plain_value(2.5) == "2.5"
    assert plain_value(UUID(int=0)) == "00000000-0000-0000-0000-000000000000"
    assert plain_value({"b": 1, "a": "网"}) == '{"a": "网", "b": 1}'
    assert short_text("a\0b\ud800") == "ab?"


def test_a_long_text_is_told_by_its_digest():
    assert short_text("x" * LONGEST) == "x" * LONGEST
    assert short_text("x" * (LONGEST + 1)).startswith("sha256:")

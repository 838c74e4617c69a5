from datetime import date
from uuid import UUID

from survey.audit.rules.withholding import LONGEST, change, counted, merged, plain, text


def test_values_are_told_before_and_after():
    told = change(
        "campaign", "changed", {"id": 3}, [("paused", False, True), ("ends_on", None, date(2026, 1, 2))]
    )
    assert told == {
        "table": "campaign",
        "did": "changed",
        "key": {"id": 3},
        "values": {"paused": [False, True], "ends_on": [None, "2026-01-02"]},
    }


def test_what_says_nothing_of_the_act_is_left_out():
    told = change("campaign", "added", {"id": 3}, [("budget", None, 5), ("made_with", None, "a form")])
    assert told["values"] == {"budget": [None, 5]}


def test_of_personal_and_secret_columns_only_that_they_changed_is_told():
    told = change("staff", "changed", {"id": 1}, [("name", "王芳", "李静"), ("password_hash", "a", "b")])
    assert told["values"] == {}
    assert told["withheld"] == ["name", "password_hash"]


def test_bytes_are_never_told_nor_used_as_a_key():
    told = change("stamp", "added", {"blind": b"x", "kind": "phone"}, [("sealed", None, b"y")])
    assert (told["key"], told["values"], told["withheld"]) == ({"kind": "phone"}, {}, ["sealed"])


def test_of_a_table_about_persons_only_the_number_is_told():
    assert change("contact", "removed", {"id": 1}, [("name", "x", None)]) == counted("contact", "removed", 1)


def test_two_changes_of_a_row_are_one():
    first = change("place", "added", {"id": 1}, [("path", None, "/"), ("code", None, "P")])
    then = change("place", "changed", {"id": 1}, [("path", "/", "/1/"), ("name", "a", "b")])
    assert merged(first, then)["did"] == "added"
    assert merged(first, then)["values"] == {"path": [None, "/1/"], "code": [None, "P"], "name": ["a", "b"]}


def test_values_are_written_as_every_database_keeps_them():
    assert plain(True) is True
    assert plain(2.5) == "2.5"
    assert plain(UUID(int=0)) == "00000000-0000-0000-0000-000000000000"
    assert plain({"b": 1, "a": "网"}) == '{"a": "网", "b": 1}'
    assert text("a\0b\ud800") == "ab?"


def test_of_a_long_text_its_digest_is_told():
    assert text("x" * LONGEST) == "x" * LONGEST
    assert text("x" * (LONGEST + 1)).startswith("sha256:")

"""Only declared columns and fields get into what leaves; tests/test_outgoing.py looks for the ways."""

import pytest

from survey.outgoing import OWN_DATA, declared_reply, declared_table, keep_declared


def test_a_table_has_the_declared_columns_in_their_order_and_no_other():
    records = [{"b": 2, "phone": "13800138000", "a": 1}]
    assert [list(row) for row in declared_table(("a", "b"), records)] == [["a", "b"], [1, 2]]


def test_a_record_without_a_declared_column_is_an_error():
    with pytest.raises(KeyError):
        list(declared_table(("a", "b"), [{"a": 1}]))


def test_fields_that_are_not_declared_are_left_out_at_every_depth():
    document = {"wallet": "W1", "answers": ["很满意"], "history": [{"day": "2026-11-23", "place": "P1"}]}
    assert keep_declared(OWN_DATA, document) == {"wallet": "W1", "history": [{"day": "2026-11-23"}]}


def test_a_reply_is_declared_by_its_types_and_what_it_holds():
    assert declared_reply("a/b c/d", "points").media == {"a/b", "c/d"}
    assert declared_reply("a/b").holds == frozenset()

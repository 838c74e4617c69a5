from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from survey.audit.rules.chain import START, Head, InvalidHead, SealedLine, digest, fault, head_from

AT = datetime.fromisoformat("2026-11-23T08:00:00.000005")
FIRST = SealedLine(1, AT, 7, "administrator", "places.edit", {"b": 1, "a": "网点"}, [], START)


def test_the_digest_covers_every_field():
    seals = {
        digest(replace(FIRST, **changed))
        for changed in (
            {},
            {"number": 2},
            {"at": AT + timedelta(microseconds=1)},
            {"staff_id": None},
            {"role": "auditor"},
            {"act": "x"},
            {"subject": {}},
            {"changes": [1]},
            {"previous": b"1" * 32},
        )
    }
    assert len(seals) == 9


def test_the_order_in_which_a_database_keeps_a_document_does_not_count():
    assert digest(replace(FIRST, subject={"a": "网点", "b": 1})) == digest(FIRST)


def test_a_line_follows_the_one_before_it():
    second = replace(FIRST, number=2, previous=digest(FIRST))
    head = Head(1, digest(FIRST))
    assert fault(Head(0, START), FIRST, digest(FIRST)) == ""
    assert fault(head, second, digest(second)) == ""
    assert "missing" in fault(Head(0, START), second, digest(second))
    assert "does not follow" in fault(head, replace(second, previous=START), START)
    assert "was changed" in fault(head, replace(second, act="x"), digest(second))


def test_a_head_is_written_and_read():
    head = Head(12, digest(FIRST))
    assert head_from(f" {head}\n") == head


@pytest.mark.parametrize("text", ["", "12", "12:xyz", "x:" + "0" * 64, "1:00", "-1:" + "0" * 64])
def test_what_is_no_head_is_refused(text):
    with pytest.raises(InvalidHead):
        head_from(text)

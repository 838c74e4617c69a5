"""Numbers as customers type them."""

from __future__ import annotations

import pytest

from survey.people.phone_numbers import masked, parse
from survey.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800138000", "+8613800138000"),
        (" 138 0013-8000 ", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("0086 13800138000", "+8613800138000"),
        ("+852 5123 4567", "+85251234567"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_a_number_is_kept_in_one_form_however_it_is_typed(typed, kept):
    assert parse(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1",
        "12345",
        "010 6552 9988",
        "abc",
        "138001380001380013800013800",
        "+999 1",
        "\0",
        "+86",
        "1" * 5000,
    ],
)
def test_what_cannot_be_sent_a_text_is_refused(typed):
    with pytest.raises(Refused, match="Enter the 11 digits of a Chinese number, or"):
        parse(typed)


def test_the_middle_of_a_number_is_not_shown():
    assert masked("+8613800138000") == "+86 138 **** 8000"
    assert masked("+85251234567") == "+852 51 ** 4567"
    assert "5253000" not in masked("+16502530000")

from __future__ import annotations

import pytest

from survey.rewards.rules.code_files import LONGEST, check, read
from survey.tabular import Unreadable


def problems(text: str, known: frozenset[str] = frozenset()) -> list[tuple[int, str]]:
    return [(problem.line, str(problem)) for problem in check(read(text), known).problems]


def test_codes_are_read_with_or_without_a_heading():
    for text in ("A-1\nB-2\n", "券码\nA-1\nB-2", "Code,until\r\nA-1,2026\r\n B-2 ,2027\r\n", '"A-1"\n"B-2"'):
        checked = check(read(text), frozenset())
        assert (checked.rows, checked.problems) == (["A-1", "B-2"], [])


def test_empty_long_repeated_and_known_codes_are_listed_by_line():
    text = f"A\n\nB\nA\n{'x' * (LONGEST + 1)}\nK\nc\u202ed\n"
    assert problems(text, frozenset({"K"})) == [
        (2, "is empty"),
        (4, "is already on line 1"),
        (5, "is longer than 64 characters"),
        (6, "has already been uploaded"),
        (7, "contains a control character"),
    ]
    assert check(read(text), frozenset({"K"})).rows == ["A", "B"]


@pytest.mark.parametrize("text", ["", "\n \n", "A\n" * 50_001])
def test_a_file_without_codes_is_rejected(text):
    with pytest.raises(Unreadable):
        read(text)


def test_an_odd_quotation_mark_is_part_of_the_code():
    assert check(read('A"1\n"B\n'), frozenset()).rows[0] == 'A"1'

from __future__ import annotations

import pytest

from survey.places.rules.naming import LONGEST_CODE, LONGEST_NAME, check_code, checked_name, code_reason
from survey.refusal import Refused


@pytest.mark.parametrize("code", ["A", "7", "SHA-01", "北京.1", "a b", "x" * LONGEST_CODE])
def test_valid_codes_are_accepted(code: str):
    check_code(code)


@pytest.mark.parametrize(
    "code",
    ["", " A", "A ", "-A", ".A", "a/b", "a\nb", "a\0b", "a\u202eb", "a\u2028b", "a\ud800b",
     "x" * (LONGEST_CODE + 1)],
)  # fmt: skip
def test_invalid_codes_are_rejected(code: str):
    with pytest.raises(Refused):
        check_code(code)


def test_a_reason_says_what_is_wrong_with_a_code_in_a_file():
    def text(code: str) -> str:
        reason = code_reason(code)
        assert reason is not None
        return reason[0] % reason[1]

    assert text("") == "is missing"
    assert text("/") == "must begin with a letter or digit and contain no slash"
    assert text("x" * 65) == "is longer than 64 characters"
    assert text("x\x07") == "contains a control character"
    assert code_reason("SHA-01") is None


def test_a_name_loses_the_blanks_around_it_and_no_others():
    assert checked_name("  上海 人民路\u3000服务点 ") == "上海 人民路\u3000服务点"
    assert checked_name("x" * LONGEST_NAME) == "x" * LONGEST_NAME


@pytest.mark.parametrize("name", ["", "  ", "x" * (LONGEST_NAME + 1), "a\tb", "a\u2066b"])
def test_a_name_that_cannot_be_shown_is_refused(name: str):
    with pytest.raises(Refused):
        checked_name(name)

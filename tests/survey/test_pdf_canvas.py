import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.pdf_canvas import fit, wrap


def test_lines_break_between_words():
    assert wrap("one two three", 7, len) == ["one two", "three"]


def test_chinese_breaks_anywhere_but_before_punctuation():
    assert wrap("您说\uff0c我们改", 3, len) == ["您说\uff0c", "我们改"]
    assert wrap("您说\uff0c我们改", 2, len) == ["您", "说\uff0c", "我们", "改"]


def test_a_word_too_long_breaks_inside():
    assert wrap("abcdefg hi", 3, len) == ["abc", "def", "g", "hi"]


@given(st.text("abc 服务\uff0c", max_size=40), st.integers(2, 12))
def test_no_line_is_too_wide_and_nothing_is_lost(text, width):
    lines = wrap(text, width, len)
    assert all(0 < len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(("text", "expected"), [("short", 10), ("much longer than the width", None)])
def test_a_text_keeps_its_size_as_long_as_it_fits(text, expected):
    size, lines = fit([text], 50, 4, 10, lambda t: len(t) * 0.5)
    assert lines
    assert size == expected if expected else size < 10

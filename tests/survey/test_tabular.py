import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import tabular
from survey.tabular import Problem, TableRow, Unreadable


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"], ids=["utf-8", "marked", "gb18030", "utf-16"]
)
def test_chinese_is_read_whichever_way_a_spreadsheet_saved_it(encoding):
    text = "编码,名称\r\nP1,上海南京路支行 😀\r\n"
    assert tabular.decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file|cannot be read"),
        (b"code,name\nA,B\0\n", "not a text file"),
        (b"\xef\xbb\xbfcode\xff", "cannot be read"),
        (b"\x01\x02\x03\x04\x05\x06", "not a text file"),
        (b"code,name\nA,\x81", "cannot be read"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data, says):
    with pytest.raises(Unreadable, match=says):
        tabular.decode(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_either_text_or_unreadable(data):
    with contextlib.suppress(Unreadable):
        list(tabular.rows(tabular.decode(data)))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_header(mark):
    text = f'"a,;\tb"{mark}c\n1{mark}2\n'
    assert list(tabular.rows(text)) == [TableRow(1, ["a,;\tb", "c"]), TableRow(2, ["1", "2"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_know_the_line_on_which_they_begin(end):
    text = end.join(["a,b", "", ",,", f'"two{end}lines",x', "c,d"])
    assert [row.line for row in tabular.rows(text)] == [1, 4, 6]


def test_an_unclosed_quotation_mark_names_its_line():
    with pytest.raises(Unreadable, match="line 3"):
        list(tabular.rows('a,b\n1,2\n3,"4\n5,6\n'))


def test_a_line_of_a_megabyte_is_refused_with_its_number():
    with pytest.raises(Unreadable, match="Line 2"):
        list(tabular.rows("a,b\n" + "x" * 1_000_000 + "\n"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_no_text_is_written_as_a_formula(text):
    (cells,) = csv.reader(io.StringIO(tabular.write([[text]]), newline=""))
    assert cells == ["'" + text]


def test_numbers_stay_numbers():
    assert tabular.write([["NPS", -39.84, -5, None]]) == "NPS,-39.84,-5,\r\n"


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=4))
)
def test_what_is_written_is_read_again(table):
    written = tabular.csv_file(table)
    read = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), strict=True))
    assert read == [[tabular.escape_formula(cell) for cell in row] for row in table]


WORDS = {"place": ("place", "编码"), "month": ("month",), "note": ("note",)}


def records(text):
    return list(tabular.records(tabular.rows(text), WORDS, ["place", "note"], ["month"]))


def test_records_are_read_by_column_whatever_their_order_and_language():
    assert records("Month;编码;else\n 1 ;P1;x\n2\n") == [
        (2, {"month": "1", "place": "P1"}),
        (3, {"month": "2", "place": ""}),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("place,month\n", "no rows"),
        ("place,else\nP1,1\n", "Line 1 .* missing: month"),
        ("else\n1\n", "missing: place, month"),
    ],
)
def test_what_holds_no_records_is_refused(text, says):
    with pytest.raises(Unreadable, match=says):
        records(text)


def test_too_many_records_are_refused(monkeypatch):
    monkeypatch.setattr(tabular, "MOST_ROWS", 1)
    assert records("note,month\na,1\n")
    with pytest.raises(Unreadable, match="more than 1 rows"):
        records("note,month\na,1\nb,2\n")


def test_a_bad_line_counts_once_however_many_problems_it_has():
    checked = tabular.Checked(["good"], [Problem(2, "a", "%(n)s wrong", {"n": 1}), Problem(2, "b", "bad")])
    assert (checked.good, checked.bad) == (1, 1)
    assert str(checked.problems[0]) == "1 wrong"

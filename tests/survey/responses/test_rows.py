"""Rows of a file by a mapping. What an import makes of them is in test_importing.py."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from survey.responses.mapping import ImportRefused, parse
from survey.responses.rows import Reader

MAPPING = parse("""
questionnaire = "counter"
[place]
column = "point"
parent = "CO"
[date]
template = "2026-{month}-{day:0>2}"
[[question]]
code = "nps"
column = "recommend"
kind = "nps"
blank = ["", "11"]
[[question]]
code = "said"
column = "said"
kind = "text"
""")
HEADER = "point,month,day,recommend,said\r\n"


@pytest.fixture
def read():
    """The good rows of a text as tuples, what is wrong with the others, and the counts."""

    def rows(text: str):
        faults: list[str] = []
        reader = Reader(
            MAPPING,
            lambda code: "is unknown" if code == "?" else "",
            lambda fault: faults.append(str(fault)),
            date(2026, 11, 23),
        )
        good = list(reader.rows(io.StringIO(text, newline="")))
        rows_read = [(row.number, row.line, row.place, row.day, json.loads(row.answers)) for row in good]
        count = reader.count
        return rows_read, faults, (count.rows, count.good, count.blank, count.bad)

    return rows


def test_a_line_is_where_its_row_begins_though_a_cell_has_several(read):
    text = HEADER + '\r\nA,05,1,9,"one\r\ntwo"\r\nB,05,2,10,\r\n'
    rows_read, faults, counts = read(text)
    assert [row[:4] for row in rows_read] == [(1, 3, "A", "2026-05-01"), (2, 5, "B", "2026-05-02")]
    assert rows_read[1][4] == {"nps": 10}
    assert faults == []
    assert counts == (2, 2, 0, 0)


def test_every_fault_of_a_row_is_told_and_the_row_counts_once(read):
    rows_read, faults, counts = read(HEADER + "?,13,1,12,\u202ex\r\nA,05,1,11,\r\n")
    assert rows_read == []
    assert [fault.partition(":")[0] for fault in faults] == [
        "line 2, column recommend",
        "line 2, column said",
        "line 2, column month, day",
        "line 2, column point",
    ]
    assert counts == (2, 0, 1, 1)


@pytest.mark.parametrize(
    ("line", "fault"),
    [("A,05,1,9", "4 fields instead of 5"), ("A,05,1,9,x,y", "6 fields instead of 5"),
     ("A,11,25,9,", "is no date (YYYY-MM-DD) from 1900 to tomorrow")],
)  # fmt: skip
def test_a_row_that_is_too_short_too_long_or_of_a_day_to_come_is_bad(read, line: str, fault: str):
    rows_read, faults, counts = read(f"{HEADER}{line}\r\n")
    assert rows_read == []
    assert len(faults) == 1
    assert fault in faults[0]
    assert counts == (1, 0, 0, 1)


def test_a_long_value_is_cut_where_it_is_told(read):
    _, [fault], _ = read(HEADER + f"A,05,1,{'9' * 5000},\r\n")
    assert len(fault) < 150


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "no column"), (HEADER.replace("said", "day"), 'more than one column "day"|no column "said"'),
     (HEADER + 'A,05,1,9,"x\r\n', "not readable as CSV")],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(read, text: str, told: str):
    with pytest.raises(ImportRefused, match=told):
        read(text)

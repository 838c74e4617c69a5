from __future__ import annotations

import io

import openpyxl

from survey.reports.statement_words import heads, notes, rows
from survey.reports.statement_workbook import xlsx
from survey.reports.words import words

from .test_statement_pdf import statement


def test_numbers_are_numbers_and_a_title_is_never_a_formula():
    given = statement(2, opening=10, issued=5, closing=15)
    next(iter(given.lines)).title["en"] = '=HYPERLINK("x")'
    book = openpyxl.load_workbook(io.BytesIO(xlsx(given, "en")))
    table = [[cell.value for cell in row] for row in book.worksheets[0]]
    assert table[0] == heads(words("en"))
    assert table[1] == ['=HYPERLINK("x")', 10, 5, 0, 0, 0, 0, 15]
    assert book.worksheets[0]["A2"].data_type == "s"
    assert table[3] == ["All campaigns", 20, 10, 0, 0, 0, 0, 30]
    memo = [[cell.value for cell in row] for row in book.worksheets[1]]
    assert ["Unclaimed (points)", 45] in memo


def test_one_campaign_needs_no_total_and_what_is_said_is_all_there():
    said = words("zh")
    assert [name for name, _ in rows(statement(1), "zh", said)] == ["活动0"]
    assert len(notes(statement(1), said)) == 3

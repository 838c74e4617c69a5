from __future__ import annotations

import io

import openpyxl

from survey.reports.statement_words import heads, notes, rows
from survey.reports.statement_workbook import xlsx
from survey.reports.words import load_words

from .test_statement_pdf import statement


def test_numbers_are_number_cells_and_a_title_is_never_a_formula():
    points_statement = statement(2, opening=10, issued=5, closing=15)
    next(iter(points_statement.lines)).title["en"] = '=HYPERLINK("x")'
    book = openpyxl.load_workbook(io.BytesIO(xlsx(points_statement, "en")))
    table = [[cell.value for cell in row] for row in book.worksheets[0]]
    assert table[0] == heads(load_words("en"))
    assert table[1] == ['=HYPERLINK("x")', 10, 5, 0, 0, 0, 0, 15]
    assert book.worksheets[0]["A2"].data_type == "s"
    assert table[3] == ["All campaigns", 20, 10, 0, 0, 0, 0, 30]
    memo = [[cell.value for cell in row] for row in book.worksheets[1]]
    assert ["Unclaimed (points)", 45] in memo


def test_a_statement_of_a_single_campaign_has_no_total_but_all_notes():
    zh = load_words("zh")
    assert [name for name, _ in rows(statement(1), "zh", zh)] == ["活动0"]
    assert len(notes(statement(1), zh)) == 3

from __future__ import annotations

import io
from datetime import date

import openpyxl

from survey.reports.book import Book


def test_every_cell_keeps_its_type():
    target = io.BytesIO()
    with Book(target, "Title", "Subject") as book:
        book.sheet("One", ["text", "n"], [["=1+1", 2], [None, 0.25], [date(2026, 10, 1), 3]])
    sheet = openpyxl.load_workbook(target).active
    assert [cell.data_type for row in sheet["A2:B2"] for cell in row] == ["s", "n"]
    assert sheet["A3"].value is None
    assert sheet["B3"].value == 0.25
    assert sheet["A4"].value.date() == date(2026, 10, 1)
    assert sheet.parent.properties.title == "Title"

import io
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from openpyxl.utils.escape import unescape

from survey.responses.export import workbook
from tests.survey.responses.export.tables import ABOUT, NASTY, TEXT, rows, table


def opened(parts):
    return openpyxl.load_workbook(io.BytesIO(b"".join(parts)))


def cells(sheet):
    """The cells of each line; texts as a spreadsheet reads them."""
    return [
        tuple(unescape(cell) if isinstance(cell, str) else cell for cell in line)
        for line in sheet.iter_rows(values_only=True)
    ]


def whole(read, head):
    """What openpyxl leaves off where a line ends in empty cells."""
    return tuple(read) + (None,) * (len(head) - len(read))


@given(rows)
def test_numbers_come_back_as_numbers_days_as_days_and_texts_as_texts(exported_rows):
    head, *read = cells(opened(workbook.xlsx(table(exported_rows)))["Responses"])
    choices = {None: None, "-a": "Ä", "b": "乙"}
    for row, line in zip(exported_rows, read, strict=True):
        number, day, place, rating, choice, size, text, when, _unused = row
        said = {None: None, 1: "Bad", 2: "=Fair", 3: "Good", "na": "Not applicable"}[rating]
        begun, then = datetime.fromisoformat(day), datetime.fromisoformat(when) if when else None
        wanted = (number, begun, place, rating, said, choice, choices[choice], size, text, then, None)
        assert whole(line, head) == wanted


def test_a_text_is_never_a_formula():
    written = table([[1, None, text, None, None, None, text, None, None] for text in NASTY])
    sheet = opened(workbook.xlsx(written))
    kinds = {cell.data_type for line in sheet["Responses"].iter_rows() for cell in line if cell.value}
    assert kinds == {"n", "s"}


def test_the_last_sheet_says_what_the_columns_hold():
    book = opened(workbook.xlsx(table([])))
    assert book.sheetnames == ["Responses", "Columns"]
    assert ("pick", "", "", "b", "乙") in cells(book["Columns"])


def test_what_a_sheet_cannot_hold_goes_on_to_the_next(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    few = table(([n, None, None, f"text {n}"] for n in range(1, 9)), answers=(TEXT,))
    book = opened(workbook.xlsx(few))
    assert book.sheetnames[:3] == ["Responses", "Responses 2", "Responses 3"]
    read = [line[0] for name in book.sheetnames[:3] for line in cells(book[name])[1:]]
    assert read == list(range(1, 9))
    assert all(len(cells(book[name])) <= 4 for name in book.sheetnames[:3])
    assert [cells(book[name])[0][0] for name in book.sheetnames[:3]] == [ABOUT[0].name] * 3


@pytest.mark.parametrize("most", [200, 600])
def test_a_sheet_that_grows_too_long_is_followed_by_another(monkeypatch, most):
    monkeypatch.setattr(workbook, "MOST_BYTES", most)
    few = table(([n, None, None, "x" * 90] for n in range(1, 21)), answers=(TEXT,))
    book = opened(workbook.xlsx(few))
    sheets = [name for name in book.sheetnames if name.startswith("Responses")]
    assert [line[0] for name in sheets for line in cells(book[name])[1:]] == list(range(1, 21))
    assert len(sheets) > 2


def test_what_a_cell_cannot_hold_is_cut():
    row = [1, None, None, "a\x0bb" + "x" * 40_000]
    read = cells(opened(workbook.xlsx(table([row], answers=(TEXT,))))["Responses"])
    assert read[1][3][:4] == "abxx"
    assert len(read[1][3]) == workbook.LONGEST

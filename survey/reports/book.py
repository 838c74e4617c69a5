"""A workbook: numbers as numbers, every text a text, so that none is run as a formula."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

BookCell = str | float | int | date | None
SheetRow = Sequence[BookCell]
WIDEST, WIDE, NARROW = 80, 34, 13  # characters of a column of explanations, of texts, and of numbers


class Book:
    """An XLSX workbook, written to ``target`` when the context ends."""

    def __init__(self, target: io.BytesIO, title: str, subject: str) -> None:
        import xlsxwriter  # a tenth of a second that only reports need

        self.book = xlsxwriter.Workbook(target, {"in_memory": True})
        self.book.set_properties({"title": title, "subject": subject})
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.text = self.book.add_format({"valign": "top", "text_wrap": True})
        self.whole = self.book.add_format({"num_format": "#,##0", "valign": "top"})
        self.decimal = self.book.add_format({"num_format": "0.0", "valign": "top"})
        self.fine = self.book.add_format({"num_format": "0.0000", "valign": "top"})
        self.day = self.book.add_format({"num_format": "yyyy-mm", "align": "left"})

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_error: object) -> None:
        self.book.close()

    def sheet(self, name: str, head: SheetRow, rows: Sequence[SheetRow]) -> None:
        """Add a sheet with a heading row. Column widths follow the content; a column whose floats are all
        from 0 to 1 has four decimals, since one decimal would hide such shares."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, text in enumerate(head):
            cells = [row[column] for row in rows if column < len(row)]
            texts = any(isinstance(cell, str) and len(cell) > NARROW - 2 for cell in cells)
            wide = WIDEST if len(head) == 2 else WIDE if texts else NARROW
            sheet.set_column(column, column, wide)
            sheet.write_string(0, column, str(text), self.head)
            known = [cell for cell in cells if isinstance(cell, float)]
            shares = bool(known) and all(0 <= cell <= 1 for cell in known)
            for line, cell in enumerate(cells, 1):
                self._write(sheet, line, column, cell, shares)

    def _write(self, sheet: Any, line: int, column: int, cell: BookCell, shares: bool) -> None:
        match cell:
            case None:
                return
            case str():
                sheet.write_string(line, column, cell, self.text)
            case date():
                sheet.write_datetime(line, column, cell, self.day)
            case int():
                sheet.write_number(line, column, cell, self.whole)
            case _:
                sheet.write_number(line, column, cell, self.fine if shares else self.decimal)

"""CSV: wide (a line for each response), long (a line for each answer), and the codebook."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from survey.tabular import escape_formula

from .columns import Cell, ExportColumn, ExportRow
from .table import ExportTable, SeparateText, codebook, headings, rows_with_labels

TEXTUAL = ("text", "choice")


def wide(table: ExportTable) -> Iterator[bytes]:
    """Yield a file with a line for each response: the codes, with labels beside codes that have them."""
    yield codecs.BOM_UTF8 + _csv_bytes([headings(table.columns)])
    text_positions = [i for i, c in enumerate(_columns_by_heading(table.columns)) if c and c.type in TEXTUAL]
    for page in rows_with_labels([_escape_labels(c) for c in table.columns], table.pages):
        rows = [list(row) for row in page]
        for row in rows:
            for i in text_positions:
                row[i] = escape_formula(row[i])  # type: ignore[call-overload]
        yield _csv_bytes(rows)


def _columns_by_heading(columns: Sequence[ExportColumn]) -> list[ExportColumn | None]:
    """Return the column of each heading, None for a heading of labels."""
    return [heading for c in columns for heading in ((c, None) if c.spelled else (c,))]


def _escape_labels(column: ExportColumn) -> ExportColumn:
    """Return the column with its labels escaped, so that no spreadsheet runs one as a formula."""
    return replace(column, labels={cell: str(escape_formula(label)) for cell, label in column.labels.items()})


def long(table: ExportTable) -> Iterator[bytes]:
    """Yield a file with a line for each answer, then the separate texts, which have no response number."""
    about = [c.name for c in table.about]
    yield codecs.BOM_UTF8 + _csv_bytes([[*about, "question", "option", "text", "value", "value_label"]])
    first = len(table.about)
    heads = [_csv_line([c.code, c.option, c.label]) for c in table.answers]
    tails: list[dict[Cell, str]] = [{} for _ in table.answers]
    for page in table.pages:
        parts: list[str] = []
        for row in page.rows:
            start = _csv_line(row[:first]) + ","
            for i, cell in enumerate(row[first:]):
                if cell is None:
                    continue
                column = table.answers[i]
                tail = tails[i].get(cell)
                if tail is None:
                    tail = f"{heads[i]},{_csv_line([cell, column.labels.get(cell, '')])}\r\n"
                    if not column.written:
                        tails[i][cell] = tail
                parts += (start, tail)
        parts += [_csv_line(_text_row(loose)) + "\r\n" for loose in page.loose]
        yield "".join(parts).encode()


def _text_row(loose: SeparateText) -> ExportRow:
    column = loose.column
    return [None, *loose.about, column.code, column.option, column.label, loose.text, ""]


def columns(table: ExportTable) -> Iterator[bytes]:
    """Yield a file with the codebook of the columns."""
    yield codecs.BOM_UTF8 + _csv_bytes(
        [[escape_formula(cell) for cell in line] for line in codebook(table.columns)]
    )


def _csv_line(cells: Iterable[Cell]) -> str:
    return _csv_bytes([[escape_formula(cell) for cell in cells]]).decode().removesuffix("\r\n")


def _csv_bytes(rows: Iterable[ExportRow] | Iterable[Sequence[object]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()

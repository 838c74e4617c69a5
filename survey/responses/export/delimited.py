"""CSV: wide (a line for each response), long (a line for each answer), and the book of the columns."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from survey.tabular import harmless

from .columns import Cell, Column, ExportRow
from .table import Loose, Table, codebook, headings, spelled

TEXTUAL = ("text", "choice")


def wide(table: Table) -> Iterator[bytes]:
    """The codes, and labels beside those that have them."""
    yield codecs.BOM_UTF8 + _lines([headings(table.columns)])
    at = [i for i, c in enumerate(_expanded(table.columns)) if c and c.type in TEXTUAL]
    for page in spelled([_harmless(c) for c in table.columns], table.pages):
        rows = [list(row) for row in page]
        for row in rows:
            for i in at:
                row[i] = harmless(row[i])  # type: ignore[call-overload]
        yield _lines(rows)


def _expanded(columns: Sequence[Column]) -> list[Column | None]:
    """The column of each heading; None for labels."""
    return [heading for c in columns for heading in ((c, None) if c.spelled else (c,))]


def _harmless(column: Column) -> Column:
    """The column with words that no spreadsheet runs."""
    return replace(column, labels={cell: str(harmless(label)) for cell, label in column.labels.items()})


def long(table: Table) -> Iterator[bytes]:
    """Each answer of each response, then the texts that are shown apart: without a number of a response."""
    about = [c.name for c in table.about]
    yield codecs.BOM_UTF8 + _lines([[*about, "question", "option", "text", "value", "value_label"]])
    first = len(table.about)
    heads = [_line([c.code, c.option, c.label]) for c in table.answers]
    known: list[dict[Cell, str]] = [{} for _ in table.answers]
    for page in table.pages:
        parts: list[str] = []
        for row in page.rows:
            start = _line(row[:first]) + ","
            for i, cell in enumerate(row[first:]):
                if cell is None:
                    continue
                column = table.answers[i]
                tail = known[i].get(cell)
                if tail is None:
                    tail = f"{heads[i]},{_line([cell, column.labels.get(cell, '')])}\r\n"
                    if not column.written:
                        known[i][cell] = tail
                parts += (start, tail)
        parts += [_line(_alone(loose)) + "\r\n" for loose in page.loose]
        yield "".join(parts).encode()


def _alone(loose: Loose) -> ExportRow:
    column = loose.column
    return [None, *loose.about, column.code, column.option, column.label, loose.text, ""]


def columns(table: Table) -> Iterator[bytes]:
    """What the columns hold."""
    yield codecs.BOM_UTF8 + _lines([[harmless(cell) for cell in line] for line in codebook(table.columns)])


def _line(cells: Iterable[Cell]) -> str:
    return _lines([[harmless(cell) for cell in cells]]).decode().removesuffix("\r\n")


def _lines(rows: Iterable[ExportRow] | Iterable[Sequence[object]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()

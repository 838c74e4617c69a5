"""Tables as files: CSV from any spreadsheet read safely, and written so that no spreadsheet runs it."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from survey.refusal import N_

LONGEST_LINE = 100_000
"""Characters; a longer line is no table that a person made."""

MOST_ROWS = 20_000
"""Below the header, of a file that is checked as a whole."""

DELIMITERS = (",", ";", "\t")
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
ARCHIVE = b"PK\x03\x04"
"""How a workbook (.xlsx) begins."""

# A spreadsheet takes a cell that begins like this for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Unreadable(ValueError):
    """The file is no table we can read. ``text`` is a message id, ``detail`` fills it in."""

    def __init__(self, text: str, **detail: object) -> None:
        super().__init__(text % detail if detail else text)
        self.text = text
        self.detail = detail


class Row(NamedTuple):
    """A row, and the line (from 1) of the file on which it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Problem:
    """Why a row is bad. ``column`` is the header as the file writes it, "" when it is the whole row."""

    line: int
    column: str
    text: str
    detail: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.detail


Good = TypeVar("Good")


@dataclass(frozen=True)
class Checked(Generic[Good]):
    """A file whose rows were sorted: ``rows`` are good; ``problems`` are those of the bad ones, by line."""

    rows: list[Good] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def good(self) -> int:
        return len(self.rows)

    @property
    def bad(self) -> int:
        return len({problem.line for problem in self.problems})


@dataclass(frozen=True)
class ImportOutcome(Generic[Good]):
    """What a file holds, and how many of its rows were written."""

    checked: Checked[Good]
    written: int


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (with its mark) or GB 18030 (Chinese Excel). Raises Unreadable."""
    if data.startswith(ARCHIVE):
        raise Unreadable(N_("This is a workbook. Save it as CSV first."))
    text = _decoded(data)
    if "\0" in text or _unprintable(text[:LONGEST_LINE]):
        raise Unreadable(N_("This is not a text file. Save the table as CSV (UTF-8)."))
    return text


def _decoded(data: bytes) -> str:
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(N_("The characters cannot be read. Save the table as CSV (UTF-8)."))


def _unprintable(text: str) -> bool:
    """True when a hundredth of the characters are ones that no keyboard writes."""
    strange = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\r\n" for c in text)
    return strange * 100 > len(text)


def rows(text: str) -> Iterator[Row]:
    """The rows of a table, without its empty ones. Raises Unreadable, with the line, where it is broken."""
    reader = csv.reader(_lines(text), delimiter=delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            N_("The row that starts on line %(line)s has unmatched quotation marks."), line=line
        ) from error


def records(
    rows: Iterable[Row], words: Mapping[str, Sequence[str]], *needed: Collection[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column) of each row under the header; a cell that the row lacks is "".

    ``words``: what each column may be called, in small letters; others are left out. Of each of ``needed``
    one column at least must be there. Raises Unreadable when one is not, and as headed().
    """
    header, found = headed(rows)
    columns = _columns(header, words)
    require(header, columns, *needed)
    for row in found:
        yield (
            row.line,
            {name: row.cells[i].strip() if i < len(row.cells) else "" for name, i in columns.items()},
        )


def headed(rows: Iterable[Row]) -> tuple[Row, Iterator[Row]]:
    """The header, and the rows under it as they are asked for. Raises Unreadable for an empty file, and then
    where there is no row or more than MOST_ROWS."""
    found = iter(rows)
    header = next(found, None)
    if header is None:
        raise Unreadable(N_("The file is empty."))
    return header, _bounded(found)


def require(header: Row, columns: Collection[str], *needed: Collection[str]) -> None:
    """Raises Unreadable when of one of ``needed`` no column is among ``columns``."""
    missing = [next(iter(group)) for group in needed if not set(columns) & set(group)]
    if missing:
        raise Unreadable(
            N_("Line %(line)s must contain the column names; missing: %(missing)s."),
            line=header.line,
            missing=", ".join(missing),
        )


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    count = 0
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise Unreadable(N_("The file has more than %(most)s rows. Split it."), most=MOST_ROWS)
        yield row
    if not count:
        raise Unreadable(N_("The file has a header but no rows."))


def _columns(header: Row, words: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each column stands; the last where there are two of one."""
    named = {word: column for column, those in words.items() for word in those}
    cells = [cell.strip().lower() for cell in header.cells]
    return {named[word]: i for i, word in enumerate(cells) if word in named}


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(N_("Line %(line)s is too long. Check for a missing line break."), line=number)
        yield line


def delimiter(text: str) -> str:
    """The delimiter that the first line with any of them holds most of; a comma when there is none."""
    for line in io.StringIO(text[:LONGEST_LINE]):
        unquoted = "".join(line.split('"')[::2])
        if any(mark in unquoted for mark in DELIMITERS):
            return max(DELIMITERS, key=unquoted.count)
    return ","


def write(table: Iterable[Sequence[object]]) -> str:
    """``table`` as CSV. Texts that a spreadsheet would run as a formula get an apostrophe before them."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerows([harmless(cell) for cell in row] for row in table)
    return target.getvalue()


def file(table: Iterable[Sequence[object]]) -> bytes:
    """write() as a file that Excel opens with its Chinese intact."""
    return codecs.BOM_UTF8 + write(table).encode()


def harmless(cell: object) -> object:
    """``cell`` as it may stand in a spreadsheet; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell

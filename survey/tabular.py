"""Read CSV from any spreadsheet safely, and write it so that no spreadsheet runs a text as a formula."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from survey.refusal import N_

LONGEST_LINE = 100_000
"""In characters; a longer line is not from a table that a person wrote."""

MOST_ROWS = 20_000
"""Below the header, in a file that is checked as a whole."""

DELIMITERS = (",", ";", "\t")
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
ARCHIVE = b"PK\x03\x04"
"""The first bytes of a workbook (.xlsx)."""

# A spreadsheet reads a cell that begins with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Unreadable(ValueError):
    """The file cannot be read as a table. ``text`` is a message id, ``detail`` its values."""

    def __init__(self, text: str, **detail: object) -> None:
        super().__init__(text % detail if detail else text)
        self.text = text
        self.detail = detail


class TableRow(NamedTuple):
    """A row, and the line (from 1) of the file on which it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Problem:
    """The reason why a row is bad. ``column`` is its header as the file writes it, "" for the whole row."""

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
    """Return the text of a file in UTF-8, UTF-16 (with a byte order mark) or GB 18030 (Chinese Excel). Raises
    Unreadable."""
    if data.startswith(ARCHIVE):
        raise Unreadable(N_("This is a workbook. Save it as CSV first."))
    text = _decode_bytes(data)
    if "\0" in text or _is_unprintable(text[:LONGEST_LINE]):
        raise Unreadable(N_("This is not a text file. Save the table as CSV (UTF-8)."))
    return text


def _decode_bytes(data: bytes) -> str:
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(N_("The characters cannot be read. Save the table as CSV (UTF-8)."))


def _is_unprintable(text: str) -> bool:
    """Return whether more than a hundredth of the characters are ones that no keyboard writes."""
    strange = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\r\n" for c in text)
    return strange * 100 > len(text)


def rows(text: str) -> Iterator[TableRow]:
    """Yield the rows of a table that are not empty. Raises Unreadable, with the line, for bad quotation."""
    reader = csv.reader(_lines(text), delimiter=delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield TableRow(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            N_("The row that starts on line %(line)s has unmatched quotation marks."), line=line
        ) from error


def records(
    rows: Iterable[TableRow], words: Mapping[str, Sequence[str]], *needed: Collection[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells by column) for each row under the header; a cell that the row lacks is "".

    ``words`` are the names that each column may have, in lower case; other columns are left out. ``needed``
    are groups of columns, of each of which at least one must be present. Raises Unreadable when none is, and
    as split_header().
    """
    header, below = split_header(rows)
    columns = _column_positions(header, words)
    require(header, columns, *needed)
    for row in below:
        yield (
            row.line,
            {name: row.cells[i].strip() if i < len(row.cells) else "" for name, i in columns.items()},
        )


def split_header(rows: Iterable[TableRow]) -> tuple[TableRow, Iterator[TableRow]]:
    """Return the header and an iterator of the rows under it. Raises Unreadable for an empty file; the
    iterator does so for no rows or more than MOST_ROWS."""
    remaining = iter(rows)
    header = next(remaining, None)
    if header is None:
        raise Unreadable(N_("The file is empty."))
    return header, _limit_rows(remaining)


def require(header: TableRow, columns: Collection[str], *needed: Collection[str]) -> None:
    """Raise Unreadable when ``columns`` has no column of one of the groups ``needed``."""
    missing = [next(iter(group)) for group in needed if not set(columns) & set(group)]
    if missing:
        raise Unreadable(
            N_("Line %(line)s must contain the column names; missing: %(missing)s."),
            line=header.line,
            missing=", ".join(missing),
        )


def _limit_rows(rows: Iterable[TableRow]) -> Iterator[TableRow]:
    count = 0
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise Unreadable(N_("The file has more than %(most)s rows. Split it."), most=MOST_ROWS)
        yield row
    if not count:
        raise Unreadable(N_("The file has a header but no rows."))


def _column_positions(header: TableRow, words: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the position of each column, of the last one where two have the same name."""
    named = {word: column for column, those in words.items() for word in those}
    cells = [cell.strip().lower() for cell in header.cells]
    return {named[word]: i for i, word in enumerate(cells) if word in named}


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(N_("Line %(line)s is too long. Check for a missing line break."), line=number)
        yield line


def delimiter(text: str) -> str:
    """Return the most frequent delimiter in the first line that has any, or a comma without any."""
    for line in io.StringIO(text[:LONGEST_LINE]):
        unquoted = "".join(line.split('"')[::2])
        if any(mark in unquoted for mark in DELIMITERS):
            return max(DELIMITERS, key=unquoted.count)
    return ","


def write(table: Iterable[Sequence[object]]) -> str:
    """Return ``table`` as CSV. Texts that a spreadsheet would run as a formula are escaped."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerows([escape_formula(cell) for cell in row] for row in table)
    return target.getvalue()


def csv_file(table: Iterable[Sequence[object]]) -> bytes:
    """Return write() as a file with a byte order mark, without which Excel garbles Chinese."""
    return codecs.BOM_UTF8 + write(table).encode()


def escape_formula(cell: object) -> object:
    """Return ``cell`` with an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell

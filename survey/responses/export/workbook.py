"""Write XLSX files while the rows are read. XlsxWriter, which keeps memory low too, needs more than a minute
for a million rows, and writes the whole file before the first byte can be sent."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import IO
from xml.sax.saxutils import escape

from .columns import Cell, ExportColumn
from .table import ExportTable, codebook, headings, rows_with_labels
from .words import words

MOST_ROWS = 1_048_576  # of a sheet
MOST_BYTES = 2_000_000_000  # of a sheet's XML: an archive that needs no 64-bit extensions
REMEMBERED = 1000  # values of a column
LONGEST = 32_767  # characters of a cell
EPOCH = date(1899, 12, 30).toordinal()
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Characters that XML cannot hold, and underscores that Excel would read as the start of an escape.
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
FONT = '<sz val="11"/><name val="Calibri"/>'
# Styles of cells: 0 is the default, 1 a date, 2 a heading.
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164"'
    f' formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    f'<fonts count="2"><font>{FONT}</font><font><b/>{FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1">'
    "<border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
SHEET = (
    f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"'
    ' topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
END = b"</sheetData></worksheet>"
EMPTY = "<c/>"


class _ArchiveSink:
    """A write-only file without seek, from which the bytes written so far can be taken."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: no bytes are buffered elsewhere."""

    def take(self) -> bytes:
        """Return the bytes written since the last call."""
        data, self.parts = b"".join(self.parts), []
        return data


def xlsx(table: ExportTable) -> Iterator[bytes]:
    """Yield a workbook: codes and labels as in CSV, a further sheet after each 1,048,575 responses, and the
    codebook on the last sheet."""
    sink = _ArchiveSink()
    labels = words(table.language)
    # Strict types are satisfied by what the archive asks of a file: write() and flush().
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:  # type: ignore[call-overload]
        book = _Book(archive)
        book.begin(labels["responses"], headings(table.columns))
        encoders = _encoders(table.columns)
        for page in rows_with_labels(table.columns, table.pages):
            book.add([_row(row, encoders) for row in page])
            yield sink.take()
        head, *lines = codebook(table.columns)
        book.begin(labels["columns"], head)
        book.add(["<row>" + "".join(map(_text, line)) + "</row>" for line in lines])
        book.end()
    yield sink.take()


class _Book:
    """The sheets of a workbook, one after another."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names: list[str] = []
        self.sheet: IO[bytes] | None = None
        self.name, self.head, self.rows, self.length = "", "", 0, 0

    def begin(self, name: str, head: Iterable[str]) -> None:
        """Start a sheet with a line of headings."""
        self.name = name
        self.head = "<row>" + "".join(_text(cell, 2) for cell in head) + "</row>"
        self._next(name)

    def add(self, rows: list[str]) -> None:
        """Add rows, in XML; rows that do not fit on the sheet are continued on further sheets."""
        room = MOST_ROWS - self.rows
        if room < len(rows):
            self.add(rows[:room])
            self._next(f"{self.name} {len(self.names) + 1}")
            return self.add(rows[room:])
        data = "".join(rows).encode()
        if self.length + len(data) > MOST_BYTES:
            self._next(f"{self.name} {len(self.names) + 1}")
        self._write(data)
        self.rows += len(rows)
        return None

    def end(self) -> None:
        """Close the last sheet and write the parts that make the sheets a workbook."""
        self._close()
        for name, text in _binding(self.names).items():
            self.archive.writestr(name, text)

    def _next(self, name: str) -> None:
        self._close()
        self.names.append(name)
        self.sheet = self.archive.open(f"xl/worksheets/sheet{len(self.names)}.xml", "w")
        self.rows, self.length = 1, 0
        self._write((SHEET + self.head).encode())

    def _write(self, data: bytes) -> None:
        assert self.sheet is not None  # noqa: S101 - begin() comes first
        self.sheet.write(data)
        self.length += len(data)

    def _close(self) -> None:
        if self.sheet is not None:
            self._write(END)
            self.sheet.close()


Encoder = tuple[dict[Cell, str], Callable[[Cell], str], bool]


def _encoders(columns: Sequence[ExportColumn]) -> list[Encoder]:
    """Return for each cell of a row the XML of values seen before, the function that writes others, and
    whether the values are so few that they are cached."""
    encoders: list[Encoder] = []
    for column in columns:
        few = bool(column.code) and column.type != "text"
        encoders.append(({None: EMPTY}, _date if column.type == "date" else _cell, few))
        if column.spelled:
            encoders.append(({"": EMPTY}, _text, True))
    return encoders


def _row(row: Iterable[Cell], encoders: Sequence[Encoder]) -> str:
    cells = ["<row>"]
    for cell, (known, write, few) in zip(row, encoders, strict=True):
        xml = known.get(cell)
        if xml is None:
            xml = write(cell)
            if few and len(known) < REMEMBERED:
                known[cell] = xml
        cells.append(xml)
    cells.append("</row>")
    return "".join(cells)


def _cell(cell: Cell) -> str:
    return _text(cell) if isinstance(cell, str) else f"<c><v>{cell!r}</v></c>"


def _date(cell: Cell) -> str:
    return f'<c s="1"><v>{date.fromisoformat(str(cell)).toordinal() - EPOCH}</v></c>'


def _text(cell: Cell, style: int = 0) -> str:
    """Return the XML of a text cell, which Excel never reads as a formula."""
    text = ESCAPE.sub("_x005F_", IMPOSSIBLE.sub("", str(cell)))[:LONGEST]
    styled = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{styled}><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _binding(names: Sequence[str]) -> dict[str, str]:
    """Return the texts of the parts that make the sheets a workbook, by path in the archive."""
    numbers = range(1, len(names) + 1)
    parts = {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in numbers}
    parts |= {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{TYPE}.{kind}+xml"/>' for part, kind in parts.items()
    )
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1)
    )
    targets = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    return {
        "xl/styles.xml": STYLES,
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": _relations([*targets, ("styles", "styles", "styles.xml")]),
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
    }


def _relations(targets: Iterable[tuple[str, str, str]]) -> str:
    related = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>'

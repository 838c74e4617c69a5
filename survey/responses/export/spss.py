"""Write SPSS files (.sav) while the rows are read. pyreadstat, by which the tests read them, can only write
all rows at once.

The format: https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html
"""

import re
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from survey.questionnaires.definition import NOT_APPLICABLE
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.kind import NUMBER as FREELY

from .columns import Cell, ExportColumn
from .spss_compression import CellEncoding, Packer, width_in_chunks
from .table import ExportTable

LONGEST_NAME = 64
LONGEST_LABEL = 255
LONGEST_VALUE_LABEL = 120
LONGEST_STRING = 32_767
SEGMENT = 252  # bytes of a long string's width that one of its variables stands for; it is 255 wide
RESERVED = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
CALENDAR = date(1582, 10, 14).toordinal()
NUMBER, STRING, DATE = 5, 1, 39  # print formats F, A and SDATE
FAR = -9e15  # no answer has sixteen digits
NOMINAL, ORDINAL, SCALE = 1, 2, 3
LOWEST = struct.unpack("<d", bytes.fromhex("feffffffffffefff"))[0]


@dataclass(frozen=True)
class Variable:
    """A column as it is stored. ``width`` is 0 for numbers, else bytes. ``values`` are the numbers that stand
    for codes; ``missing`` is the number that stands for "not applicable"."""

    column: ExportColumn
    name: str
    width: int
    values: Mapping[Cell, float]
    missing: float | None

    @property
    def segments(self) -> list[int]:
        """Return the widths of the variables that hold the column; a string over 255 bytes needs several."""
        if self.width <= 255:
            return [self.width]
        number = -(-self.width // SEGMENT)
        return [255] * (number - 1) + [self.width - SEGMENT * (number - 1)]

    def cell(self, cell: Cell) -> float | bytes | None:
        """Return the stored value of a cell; None is SPSS's system-missing value."""
        if self.width:
            return truncate(str(cell), self.width) if cell is not None else b""
        if cell is None:
            return None
        if self.column.type == "date":
            return _seconds(str(cell))
        return self.values[cell] if isinstance(cell, str) else float(cell)


def sav(table: ExportTable) -> Iterator[bytes]:
    """Yield an SPSS file. Choices are numbered in their order and labelled; "not applicable" is a
    user-missing value (-9; -9e15 for questions that ask for a number)."""
    variables = _variables(table.columns, table.widths())
    yield _head(table.title, table.made, variables)
    packer = Packer()
    encodings: list[CellEncoding] = [(v.width, v.cell, {}) for v in variables]
    for page in table.pages:
        yield packer.pack(page.rows, encodings)
    yield packer.end()


def truncate(text: str, longest: int) -> bytes:
    """Return ``text`` in UTF-8, cut after the last whole character within ``longest`` bytes."""
    data = text.encode("utf-8", "replace")
    return data if len(data) <= longest else data[:longest].decode(errors="ignore").encode()


@cache
def _seconds(day: str) -> float:
    return (date.fromisoformat(day).toordinal() - CALENDAR) * 86400.0


def _variables(columns: Sequence[ExportColumn], widths: Mapping[str, int]) -> list[Variable]:
    variables = []
    names = _names(columns)
    for column, name in zip(columns, names, strict=True):
        text = column.type == "text"
        width = min(max(widths.get(column.name, 1), 1), LONGEST_STRING) if text else 0
        values = _values(column)
        variables.append(Variable(column, name, width, values, values.get(NOT_APPLICABLE)))
    return variables


def _values(column: ExportColumn) -> dict[Cell, float]:
    """Return the number of each code; a column of numbers has only that of "not applicable"."""
    codes = [code for code in column.labels if code != NOT_APPLICABLE]
    values: dict[Cell, float] = {}
    if column.type == "choice":
        values = {code: float(number) for number, code in enumerate(codes, 1)}
    if column.not_applicable:
        kind = KINDS.get(column.kind)
        values[NOT_APPLICABLE] = FAR if kind and kind.bound == FREELY else -9.0
    return values


def _names(columns: Iterable[ExportColumn]) -> list[str]:
    """Return names that SPSS accepts: of at most 64 bytes, not reserved, and unique whatever their case."""
    names: list[str] = []
    known: set[str] = set()
    for column in columns:
        name = re.sub(r"[^A-Za-z0-9_.]", "_", column.name)[:LONGEST_NAME].rstrip(".")
        if name.lower() in RESERVED or not name[:1].isalpha():
            name = f"q_{name}"[:LONGEST_NAME]
        base, number = name, 1
        while name.lower() in known:
            number += 1
            name = f"{base[: LONGEST_NAME - 6]}_{number}"
        known.add(name.lower())
        names.append(name)
    return names


def _head(title: str, created_on: date, variables: Sequence[Variable]) -> bytes:
    """Return all records before the rows. The number of rows is left open (-1)."""
    size = sum(width_in_chunks(width) for v in variables for width in v.segments)
    product = "@(#) SPSS DATA FILE Huiyin".ljust(60).encode()
    head = struct.pack("<4s60siiiii", b"$FL2", product, 2, size, 1, 0, -1)
    head += struct.pack("<d9s8s64s3x", 100.0, _english_date(created_on), b"00:00:00", _pad(title, 64))
    records = [head]
    labels: list[bytes] = []
    short: list[str] = []
    long: list[str] = []
    displays = b""
    index = 1
    for number, variable in enumerate(variables, 1):
        short_name = f"V{number:05d}"
        short.append(f"{short_name}={variable.name}")
        if variable.width > 255:
            long.append(f"{short_name}={variable.width:05d}\0\t")
        if variable.values or (variable.column.labels and not variable.width):
            labels.append(_value_labels(variable, index))
        for part, width in enumerate(variable.segments):
            records.append(
                _variable(variable, f"S{number:03d}{part:04d}" if part else short_name, width, not part)
            )
            displays += struct.pack("<iii", _measure(variable), min(max(width, 8), 40), 0 if width else 1)
            index += width_in_chunks(width)
    records += labels
    records += [
        _extension(3, 4, struct.pack("<8i", 1, 0, 0, -1, 1, 1, 2, 65001)),
        _extension(4, 8, struct.pack("<3d", -sys.float_info.max, sys.float_info.max, LOWEST)),
        _extension(11, 4, displays),
        _extension(13, 1, "\t".join(short).encode()),
    ]
    if long:
        records.append(_extension(14, 1, "".join(long).encode()))
    records += [_extension(20, 1, b"UTF-8"), struct.pack("<ii", 999, 0)]
    return b"".join(records)


def _variable(variable: Variable, short_name: str, width: int, first: bool) -> bytes:
    column = variable.column
    print_format = (
        (STRING, width, 0)
        if width
        else (DATE, 10, 0)
        if column.type == "date"
        else (NUMBER, 8, column.decimals)
    )
    form = print_format[0] << 16 | print_format[1] << 8 | print_format[2]
    missing = [variable.missing] if variable.missing is not None else []
    record = struct.pack(
        "<6i8s", 2, width, int(first), len(missing), form, form, short_name.ljust(8).encode()
    )
    if first:
        label = truncate(column.label, LONGEST_LABEL)
        record += struct.pack("<i", len(label)) + label + bytes(-len(label) % 4)
    record += struct.pack(f"<{len(missing)}d", *missing)
    rest = struct.pack("<6i8s", 2, -1, 0, 0, form, form, b" " * 8)
    return record + rest * (width_in_chunks(width) - 1)


def _value_labels(variable: Variable, index: int) -> bytes:
    records = b""
    labels = variable.column.labels.items()
    for value, text in labels:
        label = truncate(text, LONGEST_VALUE_LABEL)
        number = variable.values.get(value, value)
        records += struct.pack("<dB", float(number or 0), len(label)) + label + bytes(-(len(label) + 1) % 8)
    return struct.pack("<ii", 3, len(labels)) + records + struct.pack("<iii", 4, 1, index)


def _measure(variable: Variable) -> int:
    if variable.width or variable.values.keys() - {NOT_APPLICABLE}:
        return NOMINAL
    return ORDINAL if variable.column.labels else SCALE


def _extension(kind: int, size: int, data: bytes) -> bytes:
    return struct.pack("<iiii", 7, kind, size, len(data) // size) + data


def _english_date(day: date) -> bytes:
    months = "JanFebMarAprMayJunJulAugSepOctNovDec"
    return f"{day:%d} {months[3 * day.month - 3 : 3 * day.month]} {day:%y}".encode()


def _pad(text: str, width: int) -> bytes:
    return truncate(text, width).ljust(width)

"""Read the rows of a file by a mapping into answers, or faults with their place."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TextIO

from survey.db import dumps
from survey.questionnaires import kinds

from . import template
from .mapping import ImportRefused, MappedColumn, Mapping

if TYPE_CHECKING:
    from _csv import Reader as Records

REASONS = {"range": "not in range", "length": "too long", "characters": "has forbidden characters"}
REMEMBERED = 10_000  # days by their raw text


@dataclass(frozen=True)
class Fault:
    """An invalid value, with its column and the line on which its row begins, counted from 1."""

    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f'line {self.line}, column {self.column}: "{self.value[:60]}" {self.reason}'


class ImportedRow(NamedTuple):
    """A good row. ``number`` counts the rows of the file from 1. ``answers`` is the JSON text to store."""

    number: int
    line: int
    place: str
    day: str
    answers: str


@dataclass
class Count:
    """Numbers of rows of the file: all, those without an answer, and those with a fault."""

    rows: int = 0
    blank: int = 0
    bad: int = 0

    @property
    def good(self) -> int:
        return self.rows - self.blank - self.bad


@dataclass
class Reader:
    """A reader of rows, which counts them in ``count``.

    ``place_fault`` returns what is wrong with a service point's code, "" when nothing is.
    """

    mapping: Mapping
    place_fault: Callable[[str], str]
    report: Callable[[Fault], None]
    today: date
    count: Count = field(default_factory=Count)

    def rows(self, file: TextIO) -> Iterator[ImportedRow]:
        """Yield the good rows and report each fault of the others. Raises ImportRefused for another file."""
        self.count = Count()
        source = csv.reader(file, strict=True)
        try:
            header = next(source, [])
            self._prepare(header)
            yield from self._rows(source, len(header))
        except csv.Error as error:
            raise ImportRefused(f"line {source.line_num}: not readable as CSV: {error}") from None

    def _prepare(self, header: list[str]) -> None:
        names = [name.strip() for name in header]
        self._questions = [
            (_position(names, column.name), answers.pieces.get, answers)
            for column, answers in ((column, _Answers(column)) for column in self.mapping.columns)
        ]
        self._place = _position(names, self.mapping.place)
        self._dates = [_position(names, name) for name in self.mapping.date.columns]
        self._days: dict[str | tuple[str, ...], str] = {}

    def _rows(self, source: "Records", width: int) -> Iterator[ImportedRow]:
        count = self.count
        end = source.line_num
        for row in source:
            line, end = end + 1, source.line_num
            if not row:
                continue  # an empty line
            count.rows += 1
            faults: list[Fault] = []
            if len(row) != width:
                faults.append(Fault(line, "*", ",".join(row), f"{len(row)} fields instead of {width}"))
                read = None
            else:
                read = self._read(row, line, faults)
            if faults:
                count.bad += 1
                for fault in faults:
                    self.report(fault)
            elif read is None:
                count.blank += 1
            else:
                yield read

    def _read(self, row: list[str], line: int, faults: list[Fault]) -> ImportedRow | None:
        """Return a row, or None when it has no answers; add what is wrong with it to ``faults``."""
        pieces = []
        for position, known, question in self._questions:
            piece = known(row[position])
            if piece is None:
                piece = question.read(row[position], line, faults)
            if piece:
                pieces.append(piece)
        if not pieces and not faults:
            return None
        day = self._day(row, line, faults)
        place = row[self._place].strip()
        fault = self.place_fault(place)
        if fault:
            faults.append(Fault(line, self.mapping.place, place, fault))
        return ImportedRow(self.count.rows, line, place, day, "{" + ",".join(pieces) + "}")

    def _day(self, row: list[str], line: int, faults: list[Fault]) -> str:
        raw = tuple(row[position] for position in self._dates)
        known = self._days.get(raw)
        if known is not None:
            return known
        text = self.mapping.date.fill(raw)
        if template.day(text, self.today) is None:
            names = ", ".join(self.mapping.date.columns) or "-"
            faults.append(Fault(line, names, text, "is no date (YYYY-MM-DD) from 1900 to tomorrow"))
        elif len(self._days) < REMEMBERED:
            self._days[raw] = text
        return text


class _Answers:
    """A question's answers as pieces of JSON text, by the raw value; "" is no answer."""

    def __init__(self, column: MappedColumn) -> None:
        question = column.question
        self.column = column
        self.kind = kinds.KINDS[question.kind]
        self.key = dumps(question.code) + ":"
        bins = [number for column in self.kind.columns(question) for number in column.bins]
        self.pieces = {str(number): f"{self.key}{number}" for number in bins}
        self.pieces.update(dict.fromkeys(column.blank, ""))

    def read(self, raw: str, line: int, faults: list[Fault]) -> str:
        """Return the piece for a value that is not cached; add its fault to ``faults``."""
        value = raw.strip()
        if value in self.pieces:
            return self.pieces[value]
        question = self.column.question
        try:
            answer = self.kind.read(question, {question.code: value}).get(question.code)
        except kinds.InvalidAnswer as refused:
            faults.append(Fault(line, self.column.name, value, REASONS[refused.reason]))
            return ""
        return "" if answer is None else self.key + dumps(answer)


def _position(names: list[str], name: str) -> int:
    if names.count(name) != 1:
        how = "no column" if name not in names else "more than one column"
        raise ImportRefused(f'the file has {how} "{name}"')
    return names.index(name)

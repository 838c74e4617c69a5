"""A table that is written as it is read: its columns, and its rows page by page."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .columns import Cell, Column, Row


class Loose(NamedTuple):
    """A text that is shown apart from the response it was written with. ``about`` are the cells of its
    month, place and employee."""

    about: Row
    column: Column
    text: str


class Page(NamedTuple):
    """Some rows, and after them texts that are shown apart: only the long format has room for these."""

    rows: list[list[Cell]]
    loose: list[Loose]


@dataclass(frozen=True)
class Table:
    """``about`` columns are about the response itself, the first its number; ``answers`` come after them in
    every row. ``widths``: the bytes (UTF-8) of the longest cell of each column of type "text" or "choice" by
    name, for formats that must know beforehand."""

    title: str
    language: str
    made: date
    about: tuple[Column, ...]
    answers: tuple[Column, ...]
    pages: Iterable[Page]
    widths: Callable[[], Mapping[str, int]] = field(default=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.about + self.answers


def headings(columns: Sequence[Column]) -> list[str]:
    """The names of the columns, with one for the label beside each that is spelled."""
    return [name for c in columns for name in ((c.name, f"{c.name}.label") if c.spelled else (c.name,))]


def spelled(columns: Sequence[Column], pages: Iterable[Page]) -> Iterator[list[list[Cell]]]:
    """The rows with labels beside their codes."""
    parts = [(i, c.labels.get if c.spelled else None) for i, c in enumerate(columns)]
    for page in pages:
        made = []
        for row in page.rows:
            cells: list[Cell] = []
            for i, label in parts:
                cells.append(row[i])
                if label is not None:
                    cells.append(label(row[i], ""))
            made.append(cells)
        yield made


def codebook(columns: Sequence[Column]) -> Iterator[tuple[str, str, str, str, str]]:
    """What each column holds: (name, label, kind, value, its label), a line for each value that has one."""
    yield ("column", "label", "kind", "value", "value_label")
    for column in columns:
        kind = column.kind or column.type
        yield (column.name, column.label, kind, "", "")
        for value, label in column.labels.items():
            yield (column.name, "", "", str(value), label)

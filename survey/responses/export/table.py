"""A table that is written while it is read: its columns, and its rows page by page."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from .columns import Cell, ExportColumn, ExportRow


class SeparateText(NamedTuple):
    """A text that is shown apart from its response. ``about`` are the cells of its month, place and
    employee."""

    about: ExportRow
    column: ExportColumn
    text: str


class ExportPage(NamedTuple):
    """A page of rows, and texts that are shown apart after them, which only the long format has room for."""

    rows: list[list[Cell]]
    loose: list[SeparateText]


@dataclass(frozen=True)
class ExportTable:
    """A table of responses.

    ``about`` columns are about the response itself, the first is its number; ``answers`` come after them in
    every row. ``widths`` returns the bytes (UTF-8) of the longest cell of each column of type "text" or
    "choice" by name, for formats that need them in advance.
    """

    title: str
    language: str
    made: date
    about: tuple[ExportColumn, ...]
    answers: tuple[ExportColumn, ...]
    pages: Iterable[ExportPage]
    widths: Callable[[], Mapping[str, int]] = field(default=dict)

    @property
    def columns(self) -> tuple[ExportColumn, ...]:
        return self.about + self.answers


def headings(columns: Sequence[ExportColumn]) -> list[str]:
    """Return the names of the columns, each ``spelled`` one followed by a heading for its labels."""
    return [name for c in columns for name in ((c.name, f"{c.name}.label") if c.spelled else (c.name,))]


def rows_with_labels(
    columns: Sequence[ExportColumn], pages: Iterable[ExportPage]
) -> Iterator[list[tuple[Cell, ...]]]:
    """Yield pages of rows with labels beside their codes."""
    labels = [(i, c.labels) for i, c in enumerate(columns) if c.spelled]
    beside = {i: len(columns) + n for n, (i, _labels) in enumerate(labels)}
    order = [j for i in range(len(columns)) for j in ((i, beside[i]) if i in beside else (i,))]
    arrange: Callable[[list[Cell]], tuple[Cell, ...]] = itemgetter(
        *order, 0
    )  # an extra index, so that the result is always a tuple
    for page in pages:
        yield [
            arrange([*row, *(column_labels.get(row[i], "") for i, column_labels in labels)])[:-1]
            for row in page.rows
        ]


def codebook(columns: Sequence[ExportColumn]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield a heading, then (name, label, kind, value, its label): a line for each column and each labelled
    value."""
    yield ("column", "label", "kind", "value", "value_label")
    for column in columns:
        kind = column.kind or column.type
        yield (column.name, column.label, kind, "", "")
        for value, label in column.labels.items():
            yield (column.name, "", "", str(value), label)

"""Rows that count a version's answers, and their packed form.

A row is n (the respondents), then the cells: the histogram of each column (see questionnaires/kinds), then
for each pair of scored columns (n_xy, Σx, Σy, Σxy) over those who answered both, and last the signs of
carelessness (SIGNS). Rows of the same layout are added like vectors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.questionnaires.definition import Definition
from survey.questionnaires.kinds import KINDS, HistogramColumn
from survey.questionnaires.rules import careless

CountRow = NDArray[np.int64]
CountRows = NDArray[np.int64]
WeightedRows = NDArray[np.int64] | NDArray[np.float64]
"""Rows of counts or, where answers are weighted, of effective counts."""

NOT_ANSWERED = np.iinfo(np.int64).min
PAIR = 4
SIGNS = 6
"""How many were checked, showed any sign, answered alike, answered the best, were timed, were hasty."""
NOT_CHECKED = -1
SIZES = (1, 2, 4, 8)


@dataclass(frozen=True)
class CountedColumn:
    """A column that is counted, and the position of its first bin in a row."""

    column: HistogramColumn
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.column.bins)


@dataclass(frozen=True)
class Layout:
    """The positions of all counts in the rows of a version."""

    counted: tuple[CountedColumn, ...]

    @classmethod
    def of(cls, definition: Definition) -> "Layout":
        counted: list[CountedColumn] = []
        start = 1
        for question in definition.questions:
            for column in KINDS[question.kind].columns(question):
                counted.append(CountedColumn(column, start))
                start += len(column.bins)
        return cls(tuple(counted))

    @cached_property
    def pairs(self) -> tuple[tuple[int, int, int], ...]:
        """Return (start, first, second) of each pair of scored columns: the position of its sums in a row,
        and the indices of its columns in ``counted``."""
        scored = [i for i, column in enumerate(self.counted) if column.column.scored]
        return tuple(
            (self._after + PAIR * i, first, second)
            for i, (first, second) in enumerate(combinations(scored, 2))
        )

    @property
    def _after(self) -> int:
        return self.counted[-1].end if self.counted else 1

    @property
    def signs(self) -> int:
        """Return the position of the first sign."""
        return self._after + PAIR * len(self.pairs)

    @property
    def width(self) -> int:
        """Return the length of a row, n included."""
        return self.signs + SIGNS


def count(
    layout: Layout, answers: Sequence[Mapping[str, Any]], signs: Sequence[int | None] | None = None
) -> CountRow:
    """Return a row that counts ``answers``, each a mapping by question code, and their ``signs``."""
    return count_by(layout, answers, np.zeros(len(answers), np.int64), 1, signs)[0]


def count_by(
    layout: Layout,
    answers: Sequence[Mapping[str, Any]],
    groups: NDArray[np.int64],
    size: int,
    signs: Sequence[int | None] | None = None,
) -> CountRows:
    """Return ``size`` rows, of which row g counts the answers whose group, at the same position in
    ``groups``, is g. ``signs`` are the flags of each response, or None where it has not been checked."""
    rows = np.zeros((size, layout.width), np.int64)
    rows[:, 0] = np.bincount(groups, minlength=size)
    given = []
    for counted in layout.counted:
        values = _numbers(counted.column, answers)
        bins = np.asarray(counted.column.bins)
        positions = np.minimum(np.searchsorted(bins, values), len(bins) - 1)
        known = bins[positions] == values
        flat = groups[known] * len(bins) + positions[known]
        histogram = np.bincount(flat, minlength=size * len(bins))
        rows[:, counted.start : counted.end] = histogram.reshape(size, len(bins))
        given.append((values, known))
    for start, first, second in layout.pairs:
        both = given[first][1] & given[second][1]
        x, y, group = given[first][0][both], given[second][0][both], groups[both]
        for i, weights in enumerate((None, x, y, x * y)):
            # bincount() sums floats, which are exact for whole numbers below 2^53.
            rows[:, start + i] = np.bincount(group, weights, minlength=size)
    if signs is not None:
        all_flags = np.fromiter(
            (NOT_CHECKED if flags is None else flags for flags in signs), np.int64, len(answers)
        )
        for i, shows in enumerate(_sign_masks(all_flags)):
            rows[:, layout.signs + i] = np.bincount(groups[shows], minlength=size)
    return rows


def _sign_masks(all_flags: NDArray[np.int64]) -> list[NDArray[np.bool_]]:
    """Return for each of SIGNS which of the responses count in it."""
    checked = all_flags != NOT_CHECKED
    signs = (careless.ANY, careless.ALIKE, careless.BEST, careless.TIMED, careless.HASTY)
    return [checked, *(checked & (all_flags & sign > 0) for sign in signs)]


def _numbers(column: HistogramColumn, answers: Sequence[Mapping[str, Any]]) -> NDArray[np.int64]:
    """Return each answer as a number, or NOT_ANSWERED where there is no number."""
    code, number = column.question.code, column.number
    numbers = (number(answer[code]) if code in answer else None for answer in answers)
    return np.fromiter(
        (NOT_ANSWERED if number_or_none is None else number_or_none for number_or_none in numbers),
        np.int64,
        len(answers),
    )


def pack(rows: CountRows) -> list[bytes]:
    """Return the packed cells of each row, without n: a byte with the size of a number (1, 2, 4 or 8 bytes),
    then the numbers, unsigned and little-endian, as small as the greatest allows. Raises ValueError for a
    negative count."""
    if rows.min(initial=0) < 0:
        raise ValueError("a count cannot be negative")
    cells = rows[:, 1:]
    greatest = cells.max(axis=1, initial=0)
    packed = [b""] * len(rows)
    below = -1
    for size in SIZES:
        limit = (1 << 8 * size) - 1
        fitting = np.flatnonzero((greatest > below) & (greatest <= limit))
        head = bytes([size])
        for i, numbers in zip(fitting.tolist(), cells[fitting].astype(f"<u{size}"), strict=True):
            packed[i] = head + numbers.tobytes()
        below = limit
    return packed


def unpack(n: int, packed: bytes) -> CountRow:
    """Return the row of ``n`` respondents from its cells as pack() made them."""
    cells = np.frombuffer(packed, f"<u{packed[0]}", offset=1)
    row = np.empty(len(cells) + 1, np.int64)
    row[0] = n
    row[1:] = cells
    return row


def unpack_all(ns: Sequence[int], packed: Sequence[bytes]) -> CountRows:
    """Return the rows of the same layout from their cells as pack() made them, in order. This is faster than
    unpack() of each. Raises ValueError where the widths differ."""
    sizes = np.fromiter((cells[0] for cells in packed), np.int64, len(packed))
    width = (len(packed[0]) - 1) // packed[0][0] if packed else 0
    rows = np.empty((len(packed), width + 1), np.int64)
    rows[:, 0] = ns
    for size in np.unique(sizes).tolist():
        positions = np.flatnonzero(sizes == size)
        together = np.frombuffer(b"".join([packed[i] for i in positions.tolist()]), np.uint8)
        numbers = together.reshape(len(positions), 1 + size * width)[:, 1:]
        rows[positions, 1:] = np.ascontiguousarray(numbers).view(f"<u{size}")
    return rows

"""Counts of one version's answers as one row of numbers, and how they are packed.

A row is n (the respondents), then the cells: the histogram of each column (see questionnaires/kinds), then
for each pair of scored columns (n_xy, Σx, Σy, Σxy) over those who answered both, and last the signs of
carelessness (SIGNS). CountRows of one layout are added up like vectors.
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
"""How many were looked at, showed any, answered alike, answered the best, were timed, were hasty."""
NOT_LOOKED_AT = -1
SIZES = (1, 2, 4, 8)


@dataclass(frozen=True)
class CountedColumn:
    """A column that is counted, and the place of its first bin in a row."""

    column: HistogramColumn
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.column.bins)


@dataclass(frozen=True)
class Layout:
    """What stands where in the rows of one version."""

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
        """(start, one column, another), the scored columns by their number."""
        scored = [i for i, one in enumerate(self.counted) if one.column.scored]
        return tuple(
            (self._after + PAIR * i, one, other) for i, (one, other) in enumerate(combinations(scored, 2))
        )

    @property
    def _after(self) -> int:
        return self.counted[-1].end if self.counted else 1

    @property
    def signs(self) -> int:
        """Where the signs begin."""
        return self._after + PAIR * len(self.pairs)

    @property
    def width(self) -> int:
        """Numbers in a row, n included."""
        return self.signs + SIGNS


def count(
    layout: Layout, answers: Sequence[Mapping[str, Any]], signs: Sequence[int | None] | None = None
) -> CountRow:
    """Return one row that counts ``answers``, each by question code, and their ``signs``."""
    return count_by(layout, answers, np.zeros(len(answers), np.int64), 1, signs)[0]


def count_by(
    layout: Layout,
    answers: Sequence[Mapping[str, Any]],
    groups: NDArray[np.int64],
    size: int,
    signs: Sequence[int | None] | None = None,
) -> CountRows:
    """``size`` rows: row g counts the answers whose group, the same position in ``groups``, is g. ``signs``:
    those of each as its response keeps them; None where nobody has looked."""
    rows = np.zeros((size, layout.width), np.int64)
    rows[:, 0] = np.bincount(groups, minlength=size)
    given = []
    for one in layout.counted:
        values = _numbers(one.column, answers)
        bins = np.asarray(one.column.bins)
        found = np.minimum(np.searchsorted(bins, values), len(bins) - 1)
        known = bins[found] == values
        flat = groups[known] * len(bins) + found[known]
        histogram = np.bincount(flat, minlength=size * len(bins))
        rows[:, one.start : one.end] = histogram.reshape(size, len(bins))
        given.append((values, known))
    for start, first, second in layout.pairs:
        both = given[first][1] & given[second][1]
        x, y, group = given[first][0][both], given[second][0][both], groups[both]
        for i, weights in enumerate((None, x, y, x * y)):
            # Sums pass through floats, which are whole and exact below 2^53.
            rows[:, start + i] = np.bincount(group, weights, minlength=size)
    if signs is not None:
        noted = np.fromiter((NOT_LOOKED_AT if one is None else one for one in signs), np.int64, len(answers))
        for i, shows in enumerate(_showing(noted)):
            rows[:, layout.signs + i] = np.bincount(groups[shows], minlength=size)
    return rows


def _showing(noted: NDArray[np.int64]) -> list[NDArray[np.bool_]]:
    """Return who counts in each of SIGNS."""
    looked = noted != NOT_LOOKED_AT
    each = (careless.ANY, careless.ALIKE, careless.BEST, careless.TIMED, careless.HASTY)
    return [looked, *(looked & (noted & one > 0) for one in each)]


def _numbers(column: HistogramColumn, answers: Sequence[Mapping[str, Any]]) -> NDArray[np.int64]:
    """Return each answer as a number; NOT_ANSWERED where it is none."""
    code, number = column.question.code, column.number
    found = (number(answer[code]) if code in answer else None for answer in answers)
    return np.fromiter((NOT_ANSWERED if x is None else x for x in found), np.int64, len(answers))


def pack(rows: CountRows) -> list[bytes]:
    """Return the cells of each row, n left out: a byte that tells the size of a number (1, 2, 4 or 8 bytes),
    then the numbers, unsigned and little-endian, as small as the greatest allows. Raises ValueError when one
    is negative."""
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
    """Return the row of ``n`` respondents that pack() made ``packed`` of."""
    cells = np.frombuffer(packed, f"<u{packed[0]}", offset=1)
    row = np.empty(len(cells) + 1, np.int64)
    row[0] = n
    row[1:] = cells
    return row


def unpack_all(ns: Sequence[int], packed: Sequence[bytes]) -> CountRows:
    """Return the rows of one layout that pack() made, in order; faster than unpack() of each. Raises
    ValueError where their widths differ."""
    sizes = np.fromiter((one[0] for one in packed), np.int64, len(packed))
    width = (len(packed[0]) - 1) // packed[0][0] if packed else 0
    rows = np.empty((len(packed), width + 1), np.int64)
    rows[:, 0] = ns
    for size in np.unique(sizes).tolist():
        those = np.flatnonzero(sizes == size)
        together = np.frombuffer(b"".join([packed[i] for i in those.tolist()]), np.uint8)
        numbers = together.reshape(len(those), 1 + size * width)[:, 1:]
        rows[those, 1:] = np.ascontiguousarray(numbers).view(f"<u{size}")
    return rows

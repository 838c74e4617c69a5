"""Pooling the versions of a questionnaire, question by question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from survey.questionnaires.definition import Definition, Question
from survey.questionnaires.kinds import HistogramColumn
from survey.questionnaires.rules.withholding import withheld_codes
from survey.statistics.scores import ends

from .cells import PAIR, SIGNS, CountRow, CountRows, Layout

Indices = NDArray[np.intp]
MIRRORED = (0, 2, 1, 3)  # of n_xy, Σx, Σy, Σxy when x and y change places


@dataclass(frozen=True)
class PooledQuestion:
    """A column of the pool, whose histogram is at ``start`` to ``end`` of a pooled row."""

    column: HistogramColumn
    start: int

    @property
    def code(self) -> str:
        return self.column.key

    @property
    def question(self) -> Question:
        return self.column.question

    @property
    def kind(self) -> str:
        return self.column.question.kind

    @property
    def bins(self) -> tuple[int, ...]:
        return self.column.bins

    @property
    def dimension(self) -> str | None:
        return self.column.question.dimension if self.column.scored else None

    @property
    def ends(self) -> tuple[int, int]:
        """Return the worst and the best answer."""
        return ends(self.bins, self.question.best)

    @property
    def end(self) -> int:
        return self.start + len(self.bins)


Asked = Sequence[PooledQuestion | None]
"""The question with which each column of a version pools, or None."""


@dataclass(frozen=True)
class Pool:
    """The questions of a questionnaire's versions, and the positions of their counts in the rows of each.

    Answers pool by question code where type, scale and direction are those of the newest version that asks
    the question; others are left out. A pooled row is n, the histograms, then (n_xy, Σx, Σy, Σxy) of each
    pair of scored questions, from the versions in which both pool (and both are scored: a yes/no question
    that had no dimension in a version is in the histograms only), and last the signs as in cells.py.
    ``withheld`` are the codes of the questions of each version whose answers are left out.
    """

    questions: tuple[PooledQuestion, ...]
    weights: Mapping[str, float]
    layouts: Mapping[int, Layout]
    withheld: Mapping[int, frozenset[str]]

    @classmethod
    def of(cls, versions: Sequence[tuple[int, Definition]], withheld: bool = False) -> "Pool":
        """Return the pool of these (id, definition), the newest first. Answers that are withheld from those
        assessed are included only with ``withheld``."""
        layouts = {version_id: Layout.of(definition) for version_id, definition in versions}
        codes = withheld_codes(definition for _, definition in versions)
        hidden = {} if withheld else dict(zip(layouts, codes, strict=True))
        asked: dict[str, PooledQuestion] = {}
        end = 1
        for version_id, layout in layouts.items():
            for column in (counted.column for counted in layout.counted):
                is_hidden = column.question.code in hidden.get(version_id, ())
                if column.key not in asked and not is_hidden:
                    asked[column.key] = PooledQuestion(column, end)
                    end += len(column.bins)
        return cls(tuple(asked.values()), versions[0][1].weights if versions else {}, layouts, hidden)

    @cached_property
    def scored(self) -> tuple[PooledQuestion, ...]:
        """Return the scored questions, of which pairs are kept."""
        return tuple(asked for asked in self.questions if asked.column.scored)

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], int]:
        """Return the position of the sums of each pair of scored questions, by their codes in order."""
        codes = [asked.code for asked in self.scored]
        return {pair: self._after + PAIR * i for i, pair in enumerate(combinations(codes, 2))}

    @property
    def _after(self) -> int:
        return self.questions[-1].end if self.questions else 1

    @property
    def signs(self) -> int:
        """Return the position of the first sign of carelessness."""
        return self._after + PAIR * len(self.pairs)

    @property
    def width(self) -> int:
        return self.signs + SIGNS

    def empty(self) -> CountRow:
        return np.zeros(self.width, np.int64)

    def add(self, total: CountRow, version_id: int, row: CountRow) -> None:
        """Add a row of this version to a pooled row, in place."""
        there, here = self._columns[version_id]
        total[here] += row[there]

    def pooled(self, version_id: int, rows: CountRows) -> CountRows:
        """Return rows of this version as pooled rows, in the same order."""
        there, here = self._columns[version_id]
        pooled_rows = np.zeros((len(rows), self.width), np.int64)
        pooled_rows[:, here] = rows[:, there]
        return pooled_rows

    @cached_property
    def _columns(self) -> Mapping[int, tuple[Indices, Indices]]:
        """Return for each version the positions of its numbers in its own rows and in pooled rows, where n
        stays first."""
        columns = {}
        for version_id, layout in self.layouts.items():
            asked = self._pooled(version_id, layout)
            signs = ((layout.signs + i, self.signs + i) for i in range(SIGNS))
            moves = [(0, 0), *self._histograms(layout, asked), *self._sums(layout, asked), *signs]
            there, here = zip(*moves, strict=True)
            columns[version_id] = np.array(there, np.intp), np.array(here, np.intp)
        return columns

    def _histograms(self, layout: Layout, asked: Asked) -> Iterator[tuple[int, int]]:
        for counted, pooled in zip(layout.counted, asked, strict=True):
            if pooled:
                yield from zip(
                    range(counted.start, counted.end), range(pooled.start, pooled.end), strict=True
                )

    def _sums(self, layout: Layout, pooled: Asked) -> Iterator[tuple[int, int]]:
        for start, first, second in layout.pairs:
            x, y = pooled[first], pooled[second]
            if x and y:
                straight = self.pairs.get((x.code, y.code))
                here = self.pairs.get((y.code, x.code)) if straight is None else straight
                order = MIRRORED if straight is None else range(PAIR)
                if here is not None:
                    yield from zip(range(start, start + PAIR), (here + i for i in order), strict=True)

    def _pooled(self, version_id: int, layout: Layout) -> Asked:
        """Return the question with which each column of a version pools, or None."""
        by_code = {asked.code: asked for asked in self.questions}
        hidden = self.withheld.get(version_id, frozenset())
        columns = [counted.column for counted in layout.counted]
        questions = [
            None if column.question.code in hidden else by_code.get(column.key) for column in columns
        ]
        return [
            asked if asked and asked.column.pools_with(column) else None
            for asked, column in zip(questions, columns, strict=True)
        ]

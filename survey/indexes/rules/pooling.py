"""Putting the versions of one questionnaire together, question by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey.questionnaires.definition import Definition, Question
from survey.questionnaires.kinds import Column

from .cells import Layout, Row


@dataclass(frozen=True)
class Asked:
    """A column of the pool; its histogram is ``start`` to ``end`` of a pooled row."""

    column: Column
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
    def end(self) -> int:
        return self.start + len(self.bins)

    def pools_with(self, column: Column) -> bool:
        """Whether answers counted in ``column`` mean the same: kind, scale and direction agree."""
        mine, theirs = self.question, column.question
        return (mine.kind, self.bins, mine.best) == (theirs.kind, column.bins, theirs.best)


@dataclass(frozen=True)
class Pool:
    """What the versions of a questionnaire ask, and where it stands in the rows of each.

    Answers pool by question code where kind, scale and direction are those of the newest version that asks
    it; others are left out. A pooled row is n and the histograms.
    """

    questions: tuple[Asked, ...]
    weights: Mapping[str, float]
    columns: Mapping[int, tuple[NDArray[np.intp], NDArray[np.intp]]]

    @classmethod
    def of(cls, versions: Sequence[tuple[int, Definition]], withheld: bool = False) -> "Pool":
        """The pool of these (id, definition), the newest first; with the questions that are withheld from
        whoever is assessed only when ``withheld``."""
        layouts = {version_id: Layout.of(definition) for version_id, definition in versions}
        asked: dict[str, Asked] = {}
        end = 1
        for layout in layouts.values():
            for column in (one.column for one in layout.counted):
                if column.key not in asked and (withheld or not column.question.withheld):
                    asked[column.key] = Asked(column, end)
                    end += len(column.bins)
        weights = versions[0][1].weights if versions else {}
        columns = {version_id: _columns(layout, asked) for version_id, layout in layouts.items()}
        return cls(tuple(asked.values()), weights, columns)

    @property
    def width(self) -> int:
        return self.questions[-1].end if self.questions else 1

    def empty(self) -> Row:
        return np.zeros(self.width, np.int64)

    def add(self, total: Row, version_id: int, row: Row) -> None:
        """Adds a row of this version to a pooled one."""
        there, here = self.columns[version_id]
        total[here] += row[there]


def _columns(layout: Layout, asked: Mapping[str, Asked]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where a version's numbers are, and where they go in a pooled row; n stays first."""
    there, here = [0], [0]
    for counted in layout.counted:
        pooled = asked.get(counted.column.key)
        if pooled is not None and pooled.pools_with(counted.column):
            there.extend(range(counted.start, counted.end))
            here.extend(range(pooled.start, pooled.end))
    return np.array(there, np.intp), np.array(here, np.intp)

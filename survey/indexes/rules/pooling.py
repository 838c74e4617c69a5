"""Putting the versions of one questionnaire together, question by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey.questionnaires.definition import Definition

from .cells import Layout, Row


@dataclass(frozen=True)
class Asked:
    """A question of the pool; its histogram is ``start`` to ``end`` of a pooled row."""

    code: str
    kind: str
    dimension: str | None
    bins: tuple[int, ...]
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.bins)


@dataclass(frozen=True)
class Pool:
    """What the versions of a questionnaire ask, and where it stands in the rows of each.

    Answers pool by question code where kind and scale are those of the newest version that asks it; others
    are left out. A pooled row is n and the histograms.
    """

    questions: tuple[Asked, ...]
    weights: Mapping[str, float]
    columns: Mapping[int, tuple[NDArray[np.intp], NDArray[np.intp]]]

    @classmethod
    def of(cls, versions: Sequence[tuple[int, Definition]]) -> "Pool":
        """The pool of these (id, definition), the newest first."""
        layouts = {version_id: Layout.of(definition) for version_id, definition in versions}
        asked: dict[str, Asked] = {}
        end = 1
        for version_id, definition in versions:
            for question in layouts[version_id].questions:
                if question.code not in asked:
                    dimension = definition.by_code[question.code].dimension
                    asked[question.code] = Asked(question.code, question.kind, dimension, question.bins, end)
                    end += len(question.bins)
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
    for question in layout.questions:
        pooled = asked[question.code]
        if (question.kind, question.bins) == (pooled.kind, pooled.bins):
            there.extend(range(question.start, question.end))
            here.extend(range(pooled.start, pooled.end))
    return np.array(there, np.intp), np.array(here, np.intp)

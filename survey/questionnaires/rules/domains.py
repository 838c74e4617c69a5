"""Answers that stand for all answers to a question: one for each way in which the comparisons with it can
come out together. What possible.py tries. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.candidates import ELSE, TooManyCombinations, compared_values, subsets

from .conditions import Comparison

__all__ = ["TooManyCombinations", "distinct_answers", "distinct_contexts"]


def distinct_answers(question: Question, compared: Sequence[Comparison]) -> list[Any]:
    """Answers to ``question``, one for each way in which ``compared`` (all about it) can come out. Raises
    TooMany."""
    return _distinct(KINDS[question.kind].candidates(question, compared), compared)


def distinct_contexts(name: str, compared: Sequence[Comparison], languages: Sequence[str]) -> list[Any]:
    """The same for a part of the context; None: nobody is named. Which places, employees and channels there
    are is not known here, so any may be. Raises TooMany."""
    if name == "language":
        return _distinct(languages, compared)
    named = compared_values(compared, str)
    if name == "place":
        return _distinct(_ways(named, compared), compared)
    return [*_distinct([*named, ELSE], compared), *([None] if name == "employee" else [])]


def _ways(named: list[str], compared: Sequence[Comparison]) -> Iterator[tuple[str, ...]]:
    passed = compared_values([one for one in compared if one.operator == "contains"], str)
    for way in subsets(passed):
        for point in (*named, ELSE):
            yield (*way, point)


def _distinct(candidates: Iterable[Any], compared: Sequence[Comparison]) -> list[Any]:
    found: dict[tuple[bool, ...], Any] = {}
    for answer in candidates:
        found.setdefault(tuple(one.matches(answer) for one in compared), answer)
    return list(found.values())

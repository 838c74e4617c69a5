"""Answers that represent all answers to a question, for possible.py: one for each possible combination of
results of the comparisons with it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.candidates import ELSE, TooManyCombinations, compared_values, subsets

from .conditions import Comparison

__all__ = ["TooManyCombinations", "distinct_answers", "distinct_contexts"]


def distinct_answers(question: Question, compared: Sequence[Comparison]) -> list[Any]:
    """Return an answer to ``question`` for each combination of results of ``compared`` (all about it).

    Raises TooManyCombinations.
    """
    return _distinct(KINDS[question.kind].candidates(question, compared), compared)


def distinct_contexts(name: str, compared: Sequence[Comparison], languages: Sequence[str]) -> list[Any]:
    """Return such values for a part of the context; None is a link without an employee.

    The existing places, employees and channels are unknown here, so any are possible. Raises
    TooManyCombinations.
    """
    if name == "language":
        return _distinct(languages, compared)
    named = compared_values(compared, str)
    if name == "place":
        return _distinct(_ways(named, compared), compared)
    return [*_distinct([*named, ELSE], compared), *([None] if name == "employee" else [])]


def _ways(named: list[str], compared: Sequence[Comparison]) -> Iterator[tuple[str, ...]]:
    contained = compared_values(
        [comparison for comparison in compared if comparison.operator == "contains"], str
    )
    for way in subsets(contained):
        for point in (*named, ELSE):
            yield (*way, point)


def _distinct(candidates: Iterable[Any], compared: Sequence[Comparison]) -> list[Any]:
    answers: dict[tuple[bool, ...], Any] = {}
    for answer in candidates:
        answers.setdefault(tuple(comparison.matches(answer) for comparison in compared), answer)
    return list(answers.values())

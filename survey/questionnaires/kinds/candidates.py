"""Answers that stand for all answers to a question: what the kinds say to rules/possible.py. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import Any, Protocol

MOST_TOGETHER = 10
"""Of so many options (or words, or places) that are asked for at once every combination is tried."""
ELSE = "\ue000"  # private use: stands for any other code or word


class TooManyCombinations(Exception):
    """There are more combinations than are tried."""


class ComparedValue(Protocol):
    """What an answer is compared with: a rules.conditions.Comparison."""

    @property
    def operator(self) -> str: ...
    @property
    def value(self) -> Any: ...


def compared_values(compared: Iterable[ComparedValue], *types: type) -> list[Any]:
    """The values of these types that an answer is compared with, each once."""
    every = chain.from_iterable(v if isinstance(v, tuple) else (v,) for v in (one.value for one in compared))
    return list(dict.fromkeys(value for value in every if isinstance(value, types)))


def subsets(members: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Raises TooMany."""
    if len(members) > MOST_TOGETHER:
        raise TooManyCombinations
    return chain.from_iterable(combinations(members, size) for size in range(len(members) + 1))

"""Answers that represent all answers to a question, for rules/possible.py. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import Any, Protocol

MOST_TOGETHER = 10
"""Most options (or words, or places) compared with of which every combination is tried."""
ELSE = "\ue000"  # a private use character represents any other code or word


class TooManyCombinations(Exception):
    """The members have more combinations than are tried."""


class ComparedValue(Protocol):
    """The protocol of rules.conditions.Comparison: an operator and a value."""

    @property
    def operator(self) -> str: ...
    @property
    def value(self) -> Any: ...


def compared_values(compared: Iterable[ComparedValue], *types: type) -> list[Any]:
    """Return the values of these types that an answer is compared with, each once."""
    values = chain.from_iterable(
        v if isinstance(v, tuple) else (v,) for v in (comparison.value for comparison in compared)
    )
    return list(dict.fromkeys(value for value in values if isinstance(value, types)))


def subsets(members: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield every subset of ``members``. Raises TooManyCombinations for more than MOST_TOGETHER members."""
    if len(members) > MOST_TOGETHER:
        raise TooManyCombinations
    return chain.from_iterable(combinations(members, size) for size in range(len(members) + 1))

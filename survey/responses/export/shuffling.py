"""Mixing what arrives, so that its order tells nothing, in memory that does not grow with it."""

import secrets
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

HELD = 20_000


class Mixer(Generic[T]):
    """Holds up to ``held`` things back; whatever leaves is drawn by chance from so many."""

    def __init__(self, held: int = HELD) -> None:
        self.held = held
        self.pool: list[T] = []
        self.random = secrets.SystemRandom()

    def add(self, items: Iterable[T]) -> Iterator[T]:
        """Takes ``things``; gives half of what it holds when that is too much."""
        self.pool.extend(items)
        if len(self.pool) >= self.held:
            self.random.shuffle(self.pool)
            half = len(self.pool) // 2
            yield from self.pool[half:]
            del self.pool[half:]

    def rest(self) -> Iterator[T]:
        """Gives all that is left."""
        self.random.shuffle(self.pool)
        yield from self.pool
        self.pool = []

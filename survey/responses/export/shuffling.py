"""Shuffle a stream in bounded memory, so that its order reveals nothing."""

import secrets
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

HELD = 20_000


class Mixer(Generic[T]):
    """A buffer of up to ``held`` items, from which items leave in random order."""

    def __init__(self, held: int = HELD) -> None:
        self.held = held
        self.pool: list[T] = []
        self.random = secrets.SystemRandom()

    def add(self, items: Iterable[T]) -> Iterator[T]:
        """Add ``items``; when the buffer is full, shuffle it and yield half of it."""
        self.pool.extend(items)
        if len(self.pool) >= self.held:
            self.random.shuffle(self.pool)
            half = len(self.pool) // 2
            yield from self.pool[half:]
            del self.pool[half:]

    def rest(self) -> Iterator[T]:
        """Yield all remaining items, shuffled."""
        self.random.shuffle(self.pool)
        yield from self.pool
        self.pool = []

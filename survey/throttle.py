"""Counts attempts, so that nobody can try password after password."""

import hashlib
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from flask import Flask, current_app
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

T = TypeVar("T")
# Enough for a branch whose staff share one address; far too few to guess with.
PER_ADDRESS = parse("100 per 15 minutes")
PER_NAME = parse("10 per 15 minutes")
MISTAKES = parse("20 per 15 minutes")
"""Codes that somebody may type which do not exist."""
MOST_COUNTS = 20_000
"""Counted in this process at a time; beyond that all begin anew."""
RETRY_SHARED = 10.0  # seconds that we leave a shared store alone after it failed


class Throttle:
    """Attempts, counted in Redis or Valkey when there is one, else in this process.

    When the shared store fails we count in this process: nobody is locked out, and nobody gets free tries.
    """

    def __init__(self, redis_url: str = "") -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_shared(redis_url)) if redis_url else None
        self._shared_again = 0.0
        self._counts: dict[str, tuple[int, int]] = {}

    def attempt(self, address: str, name: str) -> int:
        """Counts an attempt; 0 when it may go on, else the seconds to wait."""
        for limit, key in ((PER_ADDRESS, _key("address", address)), (PER_NAME, _key("name", name))):
            if not self._ask(partial(_hit, limit=limit, key=key)):
                return self._ask(partial(_wait, limit=limit, key=key))
        return 0

    def forget(self, name: str) -> None:
        """Lets the attempts at ``name`` go, once it has signed in."""
        self._ask(lambda store: store.clear(PER_NAME, _key("name", name)))

    def wait(self, name: str) -> int:
        """0 when ``name`` may try, else the seconds to wait after too many mistakes."""
        key = _key("mistakes", name)
        if self._ask(lambda store: store.test(MISTAKES, key)):
            return 0
        return self._ask(lambda store: _wait(store, MISTAKES, key))

    def mistake(self, name: str) -> None:
        """Counts a mistake of ``name``."""
        self._ask(lambda store: store.hit(MISTAKES, _key("mistakes", name)))

    def count(self, name: str, seconds: int) -> int:
        """Counts once more in the present span of so many seconds; how often, with this."""
        if self._shared is None:
            return self._count_here(name, seconds)
        key = f"huiyin:count:{name}:{int(time.time()) // seconds}"
        return self._ask(lambda store: store.storage.incr(key, seconds))

    def _count_here(self, name: str, seconds: int) -> int:
        """A dictionary: the store of ``limits`` starts a thread for it."""
        span = int(time.time()) // seconds
        before, number = self._counts.get(name, (span, 0))
        if len(self._counts) >= MOST_COUNTS:
            self._counts.clear()
        self._counts[name] = span, number + 1 if before == span else 1
        return self._counts[name][1]

    def _ask(self, question: Callable[[MovingWindowRateLimiter], T]) -> T:
        if self._shared is not None and time.monotonic() >= self._shared_again:
            try:
                return question(self._shared)
            except StorageError:
                logging.getLogger(__name__).warning("the shared store fails; counting attempts here")
                self._shared_again = time.monotonic() + RETRY_SHARED
        return question(self._own)


def _shared(url: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return storage_from_string(url, socket_connect_timeout=1, socket_timeout=1, wrap_exceptions=True)


def _key(kind: str, value: str) -> str:
    """One-way and of one length, whatever was typed."""
    return (
        f"huiyin:{kind}:{hashlib.sha256(value.casefold().strip().encode(errors='replace')).hexdigest()[:32]}"
    )


def _hit(store: MovingWindowRateLimiter, limit: RateLimitItem, key: str) -> bool:
    return store.hit(limit, key)


def _wait(store: MovingWindowRateLimiter, limit: RateLimitItem, key: str) -> int:
    return max(1, int(store.get_window_stats(limit, key).reset_time - time.time()) + 1)


def init_app(app: Flask, redis_url: str) -> None:
    app.extensions["throttle"] = Throttle(redis_url)


def throttle() -> Throttle:
    """The one of this application."""
    found: Throttle = current_app.extensions["throttle"]
    return found

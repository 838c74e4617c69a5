"""Rate limits of attempts, so that passwords and codes cannot be guessed."""

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
# Enough for a branch whose staff share one address, but far too few for guessing.
PER_ADDRESS = parse("100 per 15 minutes")
PER_NAME = parse("10 per 15 minutes")
MISTAKES = parse("20 per 15 minutes")
"""How many codes that do not exist a client may enter."""
MOST_COUNTS = 20_000
"""Names counted in this process at a time; beyond that all counts are reset."""
RETRY_SHARED = 10.0  # seconds to back off from a shared store after it failed


class Throttle:
    """A counter of attempts in Redis or Valkey when one is set up, else in this process.

    When the shared store fails we count in this process: nobody is locked out, and no attempt is free.
    """

    def __init__(self, redis_url: str = "") -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_shared(redis_url)) if redis_url else None
        self._shared_again = 0.0
        self._counts: dict[str, tuple[int, int]] = {}

    def attempt(self, address: str, name: str) -> int:
        """Count an attempt to sign in; return 0 when it is allowed, else the seconds to wait."""
        for limit, key in ((PER_ADDRESS, _key("address", address)), (PER_NAME, _key("name", name))):
            if not self._ask(partial(_hit, limit=limit, key=key)):
                return self._ask(partial(_wait, limit=limit, key=key))
        return 0

    def forget(self, name: str) -> None:
        """Reset the attempts of ``name``, once the user has signed in."""
        self._ask(lambda store: store.clear(PER_NAME, _key("name", name)))

    def wait(self, name: str) -> int:
        """Return 0 when ``name`` may try, else the seconds to wait after too many mistakes."""
        key = _key("mistakes", name)
        if self._ask(lambda store: store.test(MISTAKES, key)):
            return 0
        return self._ask(lambda store: _wait(store, MISTAKES, key))

    def mistake(self, name: str) -> None:
        """Count a mistake of ``name``."""
        self._ask(lambda store: store.hit(MISTAKES, _key("mistakes", name)))

    def count(self, name: str, seconds: int) -> int:
        """Count once in the current span of ``seconds``; return the count of the span."""
        if self._shared is None:
            return self._count_here(name, seconds)
        key = f"huiyin:count:{name}:{int(time.time()) // seconds}"
        return self._ask(lambda store: store.storage.incr(key, seconds))

    def _count_here(self, name: str, seconds: int) -> int:
        """Count in a dictionary, since the memory store of ``limits`` would start a thread."""
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
    """Return a key with a hash of ``value``, so that any typed text gives a short key and is not stored."""
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
    """Return the application's throttle."""
    application_throttle: Throttle = current_app.extensions["throttle"]
    return application_throttle

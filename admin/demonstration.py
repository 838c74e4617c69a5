"""Show on every staff page that demonstration data are loaded."""

import time
from collections.abc import Callable

from flask import Flask

from survey.demo import queries

SECONDS = 5.0


def init_app(app: Flask) -> None:
    loaded = cached(queries.is_loaded)
    # A function, not its value: pages without the notice, above all error pages, do not need the database.
    app.context_processor(lambda: {"is_demonstration_loaded": loaded})


def cached(ask: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> Callable[[], bool]:
    """Return a function that calls ``ask`` at most once in SECONDS and caches its answer.

    The answer hardly ever changes, so it is not worth a query on every page.
    """
    until, answer = float("-inf"), False

    def current() -> bool:
        nonlocal until, answer
        if clock() >= until:
            until, answer = clock() + SECONDS, ask()
        return answer

    return current

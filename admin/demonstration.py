"""Says on every staff page that there are demonstration data."""

import time
from collections.abc import Callable

from flask import Flask

from survey.demo import queries

SECONDS = 5.0


def init_app(app: Flask) -> None:
    loaded = cached(queries.is_loaded)
    # A function: pages without the notice, an error's above all, ask no database for it.
    app.context_processor(lambda: {"is_demonstration_loaded": loaded})


def cached(ask: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> Callable[[], bool]:
    """``ask``, asked again only after SECONDS: pages need not read the database for what hardly changes."""
    until, answer = float("-inf"), False

    def current() -> bool:
        nonlocal until, answer
        if clock() >= until:
            until, answer = clock() + SECONDS, ask()
        return answer

    return current

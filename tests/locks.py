"""Who waits for whom on PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from flask import current_app
from sqlalchemy import text

from survey.db import db

PATIENCE = 60  # seconds


def until_somebody_waits(what: str = "Lock") -> None:
    """Until a session of the database waits: for a "Lock", or for a time to pass ("Timeout")."""
    mine = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    waiting = text(f"{mine} AND wait_event_type = :what")
    for _ in range(1000):
        with db.engine.connect() as connection:
            if connection.scalar(waiting, {"what": what}):
                return
        time.sleep(0.01)
    raise AssertionError(f"nobody waits: {what}")


@contextmanager
def meanwhile(work: Callable[[], Any]) -> Iterator[Future[Any]]:
    """``work`` is done in a session of its own, beside the test's."""
    app = current_app._get_current_object()

    def do() -> Any:
        with app.app_context():
            return work()

    pool = ThreadPoolExecutor(1)
    try:
        yield pool.submit(do)
    finally:
        pool.shutdown(wait=False)  # what it waits for may be let go just after this


@contextmanager
def locked(statement: str) -> Iterator[Any]:
    """A connection in whose transaction the rows that ``statement`` selects or writes are locked. Whatever
    else it locks has to be free: it waits for nobody."""
    with db.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(statement)
        connection.exec_driver_sql("SET LOCAL lock_timeout = '100ms'")
        yield connection

"""Transactions: one around each use case."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import PoolProxiedConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .db import db

__all__ = [
    "ConnectionLost",
    "Session",
    "driver_cursor",
    "driver_transaction",
    "let_others_write",
    "retry_on_conflict",
    "snapshot",
    "transaction",
]

FLAG = "in transaction"
PAUSE = 0.12  # seconds; a connection that waits for the lock tries again at least every 100 ms


class ConnectionLost(Exception):
    """The connection to the database server was lost, so whether the statement took effect is unknown."""


ATTEMPTS = 5

T = TypeVar("T")


@contextmanager
def transaction() -> Iterator[Session]:
    """Yield a session that may write; commit it at the end, or roll it back on any error.

    On SQLite it takes the write lock at once (``BEGIN IMMEDIATE``), so that it never fails half-way because
    another transaction wrote after it had read. A transaction that only read is ended first.
    """
    session = db.session()
    if session.info.get(FLAG):
        raise RuntimeError("a use case does not call another inside its transaction")
    session.rollback()
    session.connection(execution_options={"begin": "BEGIN IMMEDIATE"})
    session.info[FLAG] = True
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(FLAG, None)


def retry_on_conflict(work: Callable[[], T]) -> T:
    """Return the result of ``work``, a whole transaction, which is retried when a constraint rejects it
    because another transaction came first.

    On a retry it reads what the other transaction wrote and can decide. Raises IntegrityError when the last
    of ATTEMPTS fails, too.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return work()
        except IntegrityError:
            continue
    return work()


def let_others_write() -> None:
    """Pause between the transactions of a long job, since SQLite's write lock has no queue."""
    if db.engine.name == "sqlite":
        time.sleep(PAUSE)


@contextmanager
def snapshot() -> Iterator[Session]:
    """Yield a session that only reads, and sees one state of the database in all its statements."""
    session = db.session()
    if session.info.get(FLAG):
        raise RuntimeError("a snapshot is not taken inside a transaction")
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield session
    finally:
        session.rollback()


@contextmanager
def driver_transaction() -> Iterator[Any]:
    """Yield the driver's own cursor for several statements in one transaction, on PostgreSQL too."""
    connection = db.engine.raw_connection()
    try:
        if db.engine.name == "sqlite":
            yield from _in_transaction(connection)
        else:
            yield from _commit_together(connection)
    finally:
        connection.close()


@contextmanager
def driver_cursor() -> Iterator[Any]:
    """Yield the driver's own cursor in a transaction of its own, for submissions, which must be fast.

    On PostgreSQL each statement commits by itself, in one round trip, so only one may be executed.
    """
    connection = db.engine.raw_connection()
    try:
        if db.engine.name == "sqlite":
            yield from _in_transaction(connection)
        else:
            yield from _autocommit(connection)
    finally:
        connection.close()


def _in_transaction(connection: PoolProxiedConnection) -> Iterator[Any]:
    cursor = connection.cursor()
    cursor.execute("BEGIN IMMEDIATE")
    try:
        yield cursor
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _commit_together(connection: PoolProxiedConnection) -> Iterator[Any]:
    driver: Any = connection.driver_connection
    try:
        yield connection.cursor()
        connection.commit()
    except BaseException as error:
        if driver.closed:
            _discard_connections(connection)
            raise ConnectionLost from error
        connection.rollback()
        raise


def _discard_connections(connection: PoolProxiedConnection) -> None:
    """Discard this connection and all in the pool, for they were lost with the server."""
    connection.invalidate()
    db.engine.dispose()


def _autocommit(connection: PoolProxiedConnection) -> Iterator[Any]:
    driver: Any = connection.driver_connection
    try:
        driver.autocommit = True
        yield connection.cursor()
    except BaseException as error:
        if driver.closed:
            _discard_connections(connection)
            raise ConnectionLost from error
        raise
    finally:
        if not driver.closed:
            driver.autocommit = False

"""One transaction around one use case."""

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
    "retried",
    "snapshot",
    "transaction",
]

FLAG = "in transaction"
BREATH = 0.12  # seconds; who waits for the lock looks again at least every 100 ms


class ConnectionLost(Exception):
    """The database server went away; whether it did what was asked is not known."""


ATTEMPTS = 5

T = TypeVar("T")


@contextmanager
def transaction() -> Iterator[Session]:
    """A session that may write; committed at the end, rolled back on any error.

    On SQLite it takes the write lock at once (``BEGIN IMMEDIATE``), so that it never fails half-way for
    having read before another wrote. What was only read before is let go first.
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


def retried(work: Callable[[], T]) -> T:
    """What ``work``, a whole transaction, returns; begun anew when a constraint says another came first.

    Begun anew, it reads what the other wrote and can decide. A constraint that still refuses the last
    attempt is raised.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return work()
        except IntegrityError:
            continue
    return work()


def let_others_write() -> None:
    """Called between transactions of a long work: SQLite serves whoever asks, not whoever waits longest."""
    if db.engine.name == "sqlite":
        time.sleep(BREATH)


@contextmanager
def snapshot() -> Iterator[Session]:
    """A session that only reads, and sees one moment of the database however many statements it runs."""
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
    """driver_cursor() for several statements: one transaction on PostgreSQL too."""
    connection = db.engine.raw_connection()
    try:
        if db.engine.name == "sqlite":
            yield from _in_transaction(connection)
        else:
            yield from _all_together(connection)
    finally:
        connection.close()


@contextmanager
def driver_cursor() -> Iterator[Any]:
    """The driver's own cursor in a transaction of its own: for handing in, where every microsecond counts.

    On PostgreSQL each statement commits by itself, in one round trip: it may run one statement only.
    """
    connection = db.engine.raw_connection()
    try:
        if db.engine.name == "sqlite":
            yield from _in_transaction(connection)
        else:
            yield from _each_by_itself(connection)
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


def _all_together(connection: PoolProxiedConnection) -> Iterator[Any]:
    driver: Any = connection.driver_connection
    try:
        yield connection.cursor()
        connection.commit()
    except BaseException as error:
        if driver.closed:
            _forget(connection)
            raise ConnectionLost from error
        connection.rollback()
        raise


def _forget(connection: PoolProxiedConnection) -> None:
    """The server went away, and with it every connection that waits in the pool."""
    connection.invalidate()
    db.engine.dispose()


def _each_by_itself(connection: PoolProxiedConnection) -> Iterator[Any]:
    driver: Any = connection.driver_connection
    try:
        driver.autocommit = True
        yield connection.cursor()
    except BaseException as error:
        if driver.closed:
            _forget(connection)
            raise ConnectionLost from error
        raise
    finally:
        if not driver.closed:
            driver.autocommit = False

"""One transaction around one use case."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from .db import db

__all__ = ["Session", "transaction"]

FLAG = "in transaction"


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

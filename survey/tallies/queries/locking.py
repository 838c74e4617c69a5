"""Letting one at a time change tallies."""

from sqlalchemy import text

from survey.transaction import Session

# Any number will do that no other feature locks.
TALLIES = 0x7A11_1E5


def lock(session: Session) -> None:
    """Let one at a time change tallies, until the transaction ends. SQLite does so by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": TALLIES})

from sqlalchemy import text

from survey.db import db
from survey.tallies.queries.locking import TALLIES, lock
from survey.transaction import transaction

TRY = text("SELECT pg_try_advisory_xact_lock(:key)")


def test_one_at_a_time_changes_tallies(app):
    with transaction() as session:
        lock(session)
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as other:
                assert other.scalar(TRY, {"key": TALLIES}) is False
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as other:
            assert other.scalar(TRY, {"key": TALLIES}) is True

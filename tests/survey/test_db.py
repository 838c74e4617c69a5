"""How the database is opened."""

import uuid
from datetime import datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from survey import db as database
from survey.db import db, placeholders, upsert
from survey.people.models import CodeCount
from survey.settings import database_url


def test_sqlite_is_opened_so_that_an_acknowledged_answer_survives(embedded_app):
    with db.engine.connect() as connection:
        pragmas = {name: connection.scalar(text(f"PRAGMA {name}")) for name in database.PRAGMAS}
    assert pragmas == database.PRAGMAS
    assert (pragmas["journal_mode"], pragmas["synchronous"], pragmas["foreign_keys"]) == ("wal", 2, 1)


def test_a_pragma_that_is_refused_ends_the_start():
    class Stubborn:
        def execute(self, _statement):
            return SimpleNamespace(fetchone=lambda: ("delete",))

    with pytest.raises(RuntimeError, match="journal_mode"):
        database._open(Stubborn(), None)


def test_an_old_sqlite_is_refused(embedded_app, monkeypatch):
    old = SimpleNamespace(sqlite_version_info=(3, 51, 2), sqlite_version="3.51.2")
    monkeypatch.setattr(database, "sqlite", old)
    with pytest.raises(RuntimeError, match=r"3\.51\.2 is too old"):
        database.listen(db.engine)


def test_errors_do_not_show_what_was_to_be_stored(app):
    with pytest.raises(SQLAlchemyError) as caught:
        db.session.execute(text("INSERT INTO nothing VALUES (:phone)"), {"phone": "13800138000"})
    db.session.rollback()
    assert "13800138000" not in str(caught.value)


def test_responses_are_not_stored_in_the_order_they_came(embedded_app):
    statement = "SELECT sql FROM sqlite_master WHERE name = :name"
    for name in ("response", "waiting", "claim"):
        assert db.session.scalar(text(statement), {"name": name}).rstrip().endswith("WITHOUT ROWID")


def test_a_uuid_takes_sixteen_bytes_and_comes_back(embedded_app):
    kind, value = database.Uuid16(), uuid.uuid4()
    stored = kind.process_bind_param(value, db.engine.dialect)
    assert stored == value.bytes
    assert kind.process_result_value(stored, db.engine.dialect) == value
    assert kind.process_bind_param(None, db.engine.dialect) is None


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_reached_by_psycopg(scheme):
    assert database_url(f"{scheme}://host/name") == "postgresql+psycopg://host/name"


@pytest.fixture
def code(app):
    """A key of counted codes, of which one is counted."""
    at = datetime.fromisoformat("2026-11-30 09:00")
    key = {"blind": b"x", "begins_at": at}
    db.session.execute(upsert(CodeCount).values(**key, ends_at=at, count=1))
    return key | {"ends_at": at}


def counted() -> list[int]:
    return list(db.session.scalars(select(CodeCount.count)))


def test_an_upsert_without_changes_keeps_the_row_that_is_there(code):
    for key in ((), ("blind", "begins_at")):
        statement = upsert(CodeCount, key).values(**code, count=5)
        assert db.session.scalar(statement.returning(CodeCount.count)) is None
    assert counted() == [1]


def test_an_upsert_changes_the_row_that_is_there_by_the_new_one(code):
    statement = upsert(
        CodeCount, ("blind", "begins_at"), lambda new: {"count": CodeCount.count * 10 + new.count}
    )
    db.session.execute(statement, [code | {"count": 5}, code | {"blind": b"y", "count": 7}])
    assert sorted(counted()) == [7, 15]


def test_many_rows_are_written_by_the_driver_of_either_database(app):
    columns = f"INSERT INTO code_count (blind, begins_at, ends_at, count) VALUES ({placeholders(4)})"
    database.execute_many(columns, [])
    assert counted() == []
    at = "2026-11-30 09:00:00"
    database.execute_many(columns, [(bytes([number]), at, at, number) for number in range(3)])
    assert sorted(counted()) == [0, 1, 2]

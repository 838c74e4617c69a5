"""How the database is opened."""

import uuid
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from survey import db as database
from survey.db import db
from survey.settings import database_url


def test_sqlite_is_opened_so_that_an_acknowledged_answer_survives(embedded_app):
    with db.engine.connect() as connection:
        found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in database.PRAGMAS}
    assert found == database.PRAGMAS
    assert (found["journal_mode"], found["synchronous"], found["foreign_keys"]) == ("wal", 2, 1)


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

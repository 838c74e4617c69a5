"""The database: ``db``, which all features share, its column types, and the settings of SQLite."""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pysqlite3.dbapi2 as sqlite
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Dialect,
    Insert,
    LargeBinary,
    MetaData,
    Text,
    Uuid,
    event,
    inspect,
    text,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, CursorResult, Engine, Result
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

# Older versions can corrupt a WAL when a checkpoint races a reset (fixed in 3.51.3).
OLDEST_SQLITE = (3, 51, 3)
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an acknowledged answer survives a power cut
    "wal_autocheckpoint": 20000,
    "foreign_keys": 1,
    "busy_timeout": 15000,
    "cache_size": -65536,
}


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model  # a class created at run time, which a type checker cannot know


class Uuid16(TypeDecorator[uuid.UUID]):
    """A UUID in 16 bytes on either database."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else LargeBinary(16))

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> uuid.UUID | None:
        return value if value is None or isinstance(value, uuid.UUID) else uuid.UUID(bytes=bytes(value))


class Json(TypeDecorator[Any]):
    """A JSON document: compact UTF-8 text on SQLite, ``jsonb`` on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(JSONB())
        return dialect.type_descriptor(JSON())


def dumps(value: Any) -> str:
    """Return ``value`` as the JSON text we store: compact, with Chinese characters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def raw_column(column: Any) -> Any:
    """Return the column without decoding its values, for queries that read very many of them.

    A UUID is 16 bytes on SQLite; a document is to be decoded by decode_documents().
    """
    return type_coerce(column, NullType())


def decode_documents(stored: Sequence[Any]) -> Sequence[dict[str, Any]]:
    """Return the documents of a raw_column(): SQLite's texts are parsed all at once, which is faster than one
    by one; PostgreSQL's driver has parsed them already."""
    if stored and isinstance(stored[0], str):
        decoded: list[dict[str, Any]] = json.loads(f"[{','.join(stored)}]")
        return decoded
    return stored


Changes = Callable[[Any], Mapping[str, Any]]
"""Returns, by column, the values that a stored row takes over from a new row with the same key."""


def upsert(table: type[Base], key: Sequence[str] = (), changes: Changes | None = None) -> Insert:
    """Return an INSERT into ``table`` that does not fail where there is a row with the same ``key``.

    The row that is there gets what ``changes`` returns, by column, when it is called with the new row;
    without ``changes`` it stays as it is, and ``key`` may be left out: any unique constraint counts then.
    """
    statement = postgresql_insert(table) if db.engine.name == "postgresql" else sqlite_insert(table)
    if changes is None:
        return statement.on_conflict_do_nothing(index_elements=key or None)
    return statement.on_conflict_do_update(index_elements=key, set_=dict(changes(statement.excluded)))


def placeholders(count: int) -> str:
    """Return ``count`` placeholders for values of an SQL statement, to be passed to driver_statement()."""
    return ", ".join("?" * count)


def driver_statement(statement: str, is_server: bool) -> str:
    """Return a statement, in which "?" stands for a value, as the driver reads it: psycopg expects "%s"."""
    return statement.replace("?", "%s") if is_server else statement


def execute_many(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Execute a statement, in which "?" stands for a value, for each of ``rows`` with the driver itself.

    This is for very many rows; their values must have types of the driver.
    """
    connection = db.session.connection()
    if rows:
        is_server = connection.dialect.name == "postgresql"
        connection.exec_driver_sql(driver_statement(statement, is_server), list(rows))


def engine_options(url: str) -> dict[str, Any]:
    """Return the options of the engine for ``url``. Errors never show the values of a statement, since these
    are answers and telephone numbers."""
    options = {"json_serializer": dumps, "hide_parameters": True}
    if url.startswith("sqlite"):
        return options | {"module": sqlite}
    return options | {"pool_size": 5, "connect_args": {"connect_timeout": 5}}


def file_of(engine: Engine) -> Path | None:
    """Return the file of a SQLite database, or None for any other."""
    name = engine.url.database or ""
    has_file = engine.name == "sqlite" and name not in ("", ":memory:") and not name.startswith("file:")
    return Path(name) if has_file else None


def listen(engine: Engine) -> None:
    """Set the PRAGMAS on every connection to SQLite and let transaction() choose its BEGIN.

    PostgreSQL needs neither. Raises RuntimeError when SQLite is older than OLDEST_SQLITE.
    """
    if engine.dialect.name != "sqlite":
        return
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {sqlite.sqlite_version} is too old: {OLDEST_SQLITE} or newer is needed")
    event.listen(engine, "connect", _open)
    event.listen(engine, "begin", _begin)


def _open(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # _begin() executes BEGIN
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
        actual = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if actual != value:
            raise RuntimeError(f"SQLite refused PRAGMA {name} = {value}: it is {actual}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(str(connection.get_execution_options().get("begin", "BEGIN")))


def row_count(result: Result[*tuple[Any, ...]]) -> int:
    """Return how many rows a statement inserted, changed or deleted."""
    return cast("CursorResult[Any]", result).rowcount


APPEND_ONLY = ("transfer", "entry", "audit_line")
"""Tables whose rows cannot be changed or deleted, which triggers enforce."""


@contextmanager
def unprotected(connection: Connection) -> Iterator[None]:
    """Disable the triggers of APPEND_ONLY within a block; only removing the demonstration may do so."""
    if connection.dialect.name == "postgresql":
        _switch(connection, "DISABLE")
        yield
        _switch(connection, "ENABLE")
        return
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'append_only_%'"
    triggers = connection.execute(text(query)).all()
    for name, _ in triggers:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, definition in triggers:
        connection.exec_driver_sql(definition)


def _switch(connection: Connection, act: str) -> None:
    for table in APPEND_ONLY:
        connection.execute(text(f"ALTER TABLE {table} {act} TRIGGER USER"))


UNREACHABLE = "unreachable"


def revision() -> str | None:
    """Return the last migration that was run, None before the first, or UNREACHABLE when the database cannot
    be reached."""
    try:
        with db.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            number: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return number
    except SQLAlchemyError:
        return UNREACHABLE

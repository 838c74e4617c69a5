"""The minimum that the same work can cost in Flask: hello, and storing a response with the bare driver."""

import json
import os
import uuid

import psycopg
import pysqlite3
from flask import Flask, Response, request

TABLE = (
    "CREATE TABLE IF NOT EXISTS bare (place_id integer, id {id}, employee_id integer, version_id integer,"
    " day {day}, channel text, locale text, answers {json}, PRIMARY KEY (place_id, id)){tail}"
)
INSERT = "INSERT INTO bare VALUES ({0}, {0}, {0}, {0}, {0}, {0}, {0}, {0})"


def hello() -> Flask:
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app


def sqlite_store() -> Flask:
    """Return an application whose POST / stores with pysqlite3 at the product's durability: WAL, FULL."""
    connection = open_sqlite(os.environ["BENCH_SQLITE"])
    insert = INSERT.format("?")

    def store() -> Response:
        values = row()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(insert, (values[0], values[1].bytes, *values[2:]))
        connection.execute("COMMIT")
        return Response(status=303, headers={"Location": "/thanks"})

    return _posting("sqlite", store)


def open_sqlite(path: str) -> pysqlite3.Connection:
    """Open the database and create its table.

    It is to be called once before workers start: when two switch a new file to WAL at once, one of them gets
    the error that it is locked.
    """
    connection = pysqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in ("busy_timeout=15000", "journal_mode=wal", "synchronous=full", "wal_autocheckpoint=20000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(TABLE.format(id="blob", day="text", json="text", tail=" WITHOUT ROWID"))
    return connection


def postgresql_store() -> Flask:
    """Return an application whose POST / stores with psycopg, committed by itself in one round trip."""
    connection = psycopg.connect(os.environ["BENCH_POSTGRESQL"], autocommit=True)
    connection.execute(TABLE.format(id="uuid", day="date", json="jsonb", tail=""))
    insert = INSERT.format("%s")

    def store() -> Response:
        connection.execute(insert, row())
        return Response(status=303, headers={"Location": "/thanks"})

    return _posting("postgresql", store)


def row() -> tuple:
    """Return a response as the product stores it, built from the form without any check."""
    form = request.form
    answers = {code: text for code, text in form.items() if code not in {"page", "claim"} and text}
    document = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
    return (1, uuid.uuid4(), None, 1, "2026-11-23", "qr", "zh_Hans_CN", document)


def _posting(name: str, view) -> Flask:
    app = Flask(name)
    app.add_url_rule("/", view_func=view, methods=["POST"], endpoint="store")
    return app

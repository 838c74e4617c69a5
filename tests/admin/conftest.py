"""Fixtures of staff pages: a small company and clients signed in by role."""

from __future__ import annotations

import re

import pytest
from flask import has_request_context, request
from sqlalchemy import event

from survey.db import db
from tests import factories

WRITTEN = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.I)


@pytest.fixture(autouse=True)
def every_act_is_written_down(request):
    """Check in every test that each commit by a staff page has a line in the audit log."""
    if not {"embedded_app", "app"} & set(request.fixturenames):
        yield
        return
    wrong: list[tuple[str, set[str]]] = []
    tables: set[str] = set()

    def note(_connection, _cursor, statement, *_rest):
        if match := WRITTEN.match(statement):
            tables.add(match[1])

    def committed(_connection):
        if tables and "audit_line" not in tables and is_an_act():
            wrong.append((what(), set(tables)))
        tables.clear()

    engine = request.getfixturevalue("embedded_app" if "embedded_app" in request.fixturenames else "app")
    with engine.app_context():
        listening = (
            ("before_cursor_execute", note),
            ("commit", committed),
            ("rollback", lambda _connection: tables.clear()),
        )
        for name, act in listening:
            event.listen(db.engine, name, act)
        yield
        for name, act in listening:
            event.remove(db.engine, name, act)
    assert wrong == []


def is_an_act() -> bool:
    return (
        has_request_context() and request.path.startswith("/admin") and request.method not in {"GET", "HEAD"}
    )


def what() -> str:
    return f"{request.method} {request.endpoint}"


@pytest.fixture
def company(embedded_app):
    top = factories.place("group", code="TOP")
    east, west = (factories.place("region", top, code) for code in ("EAST", "WEST"))
    point, other = factories.place("point", east, "P1"), factories.place("point", west, "P2")
    factories.employee(point, "E1")
    factories.employee(other, "E2")
    return {"TOP": top, "EAST": east, "WEST": west, "P1": point, "P2": other}


@pytest.fixture
def enter(embedded_app, sign_in, company):
    def as_(role):
        place = company["EAST"] if role in ("manager", "counter") else None
        return sign_in(embedded_app.test_client(), factories.staff(role, place))

    return as_

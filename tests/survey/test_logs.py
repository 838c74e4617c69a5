import json
import logging
import subprocess
import sys
import time

import pytest
from sqlalchemy import text as sql

from survey import logs
from survey.db import db
from tests import factories

SECRETS = ("13800138000", "kQ7secretsecret", "很不满意", "correct horse", "wrong horse")


def lines(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_request_is_one_line_that_names_the_rule(embedded_client, capsys):
    capsys.readouterr()
    embedded_client.get("/admin/sign-in?next=/admin/13800138000")
    (line,) = lines(capsys)
    assert set(line) == {"time", "level", "method", "route", "status", "ms", "request"}
    assert (line["method"], line["route"], line["status"]) == ("GET", "/admin/sign-in", 200)
    assert 0 < line["ms"] < 5000


def test_what_matches_no_rule_has_none_and_an_odd_method_no_name(embedded_client, capsys):
    capsys.readouterr()
    embedded_client.get("/13800138000")
    embedded_client.open("/13800138000", method="KQ7SECRETSECRET")
    assert [(line["route"], line["method"]) for line in lines(capsys)] == [(None, "GET"), (None, "other")]


def test_signing_in_and_answering_leave_no_secret(embedded_app, embedded_client, capsys, monkeypatch):
    monkeypatch.setattr("flask_wtf.csrf.validate_csrf", lambda *_a, **_k: None)
    person, link = factories.staff(), factories.link()
    for password in (factories.PASSWORD, "wrong horse"):
        embedded_client.post(
            "/admin/sign-in?next=/admin/kQ7secretsecret",
            data={"username": person.username, "password": password},
        )
    for code in (link.code, "kQ7secretsecret"):
        embedded_client.get(f"/s/{code}")
        embedded_client.post(f"/s/{code}?phone=13800138000", data={"comment": "很不满意 13800138000"})
    out = capsys.readouterr().err
    assert '"/admin/sign-in"' in out
    for secret in (*SECRETS, link.code, person.username, person.password_hash):
        assert secret not in out
        assert json.dumps(secret)[1:-1] not in out


@pytest.fixture
def crashing(new_application, new_settings, new_database):
    app = new_application(new_settings(new_database("sqlite"), testing=False))

    @app.get("/crash/<code>")
    def crash(code: str) -> str:
        phone = "13800138000"
        try:
            return str(int(phone + code))
        except ValueError as error:
            raise LookupError(f"no such phone: {phone}") from error

    @app.get("/broken-sql/<code>")
    def broken_sql(code: str) -> str:
        return str(db.session.execute(sql("SELECT * FROM nothing WHERE a = :a"), {"a": code}))

    return app


@pytest.mark.parametrize("path", ["/crash/kQ7secretsecret", "/broken-sql/kQ7secretsecret"])
def test_an_error_is_written_with_its_lines_of_code_and_no_values(crashing, capsys, path):
    capsys.readouterr()
    reply = crashing.test_client().get(path, headers={"Accept-Language": "en"})
    error, request = lines(capsys)
    assert error["level"] == "ERROR"
    assert error["request"] == request["request"]
    assert request["request"] in reply.text
    assert request["status"] == 500
    assert any("test_logs.py" in line for line in error["exception"])
    written = json.dumps([error, request], ensure_ascii=False)
    for secret in SECRETS:
        assert secret not in written


def test_the_cause_is_written_too(crashing, capsys):
    capsys.readouterr()
    crashing.test_client().get("/crash/x")
    error, _request = lines(capsys)
    assert "builtins.LookupError" in error["exception"]
    assert "builtins.ValueError" in error["exception"]


def test_at_warning_requests_are_not_written(new_application, new_settings, new_database, capsys):
    app = new_application(new_settings(new_database("sqlite"), log_level="WARNING"))
    try:
        capsys.readouterr()
        app.test_client().get("/healthz")
        assert capsys.readouterr().err == ""
    finally:
        logging.getLogger("survey").setLevel("INFO")


def logged(level: str, *calls: str) -> list[dict]:
    """What a process of its own logs at ``level``."""
    program = (
        "import logging; from flask import Flask; from survey import logs;"
        f"logs.init_app(Flask('survey'), '{level}');" + ";".join(calls)
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_a_message_of_another_library_is_told_without_its_values():
    (line,) = logged(
        "INFO",
        "logging.getLogger('other').warning('no answer for %s', '13800138000')",
        "logging.getLogger('other').info('c')",
    )
    assert (line["level"], line["logger"], line["message"]) == ("WARNING", "other", "no answer for %s")
    assert line["at"] == "<string>:1"


def test_a_message_of_another_library_that_is_filled_in_already_is_not_told():
    (line,) = logged("INFO", "logging.getLogger('other').warning('no answer for 13800138000')")
    assert (line["logger"], line["message"], line["at"]) == ("other", "", "<string>:1")


def test_our_own_messages_are_told_and_at_debug_those_of_others():
    (line,) = logged("INFO", "logging.getLogger('survey.x').warning('a %s', 'b')")
    assert (line["message"], "at" in line) == ("a b", False)
    (line,) = logged("DEBUG", "logging.getLogger('other').warning('a %s', 'b')")
    assert line["message"] == "a b"


def test_a_field_that_nobody_declared_is_left_out(capsys):
    logs.write(level="INFO", phone="13800138000", message="m")
    (line,) = lines(capsys)
    assert (set(line), line["message"]) == ({"time", "level", "message"}, "m")


def test_a_line_costs_next_to_nothing(capsys):
    """Far below a request's own cost; the bound is loose for busy machines."""
    rounds = 2000
    began = time.process_time()
    for _ in range(rounds):
        logs.write(level="INFO", method="GET", route="/s/<code>", status=200, ms=1.0, request="0" * 16)
    assert (time.process_time() - began) / rounds < 0.000_2

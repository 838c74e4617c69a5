import dataclasses

import pytest
from sqlalchemy import update

from survey.audit import recording
from survey.audit.models import AuditLine
from survey.db import db, unprotected


@pytest.fixture
def flask(app, tmp_path, monkeypatch):
    settings = dataclasses.replace(app.config["SETTINGS"], instance=tmp_path)
    monkeypatch.setitem(app.config, "SETTINGS", settings)

    def run(*arguments: str):
        return app.test_cli_runner().invoke(args=["audit", *arguments], catch_exceptions=False)

    return run


@pytest.fixture
def log(flask):
    for number in range(1, 4):
        recording.record(recording.act(number, "auditor", "sign-in"))


def test_a_log_in_order_says_its_head_which_can_be_noted(flask, log):
    done = flask("verify")
    assert done.exit_code == 0
    assert "3 lines, all as they were written." in done.output
    head = done.output.rpartition("Head: ")[2].strip()
    assert flask("verify", "--head", head).exit_code == 0
    other = f"3:{'0' * 64}"
    done = flask("verify", "--head", other)
    assert done.exit_code == 1
    assert "line 3 is not the one that was noted" in done.output


def test_the_first_broken_line_is_named(flask, log):
    with db.engine.begin() as connection, unprotected(connection):
        connection.execute(update(AuditLine).where(AuditLine.number > 1).values(act="x"))
    done = flask("verify")
    assert done.exit_code == 1
    assert "line 2 was changed" in done.output


def test_what_is_no_head_is_refused(flask, app):
    done = app.test_cli_runner().invoke(args=["audit", "verify", "--head", "x"])
    assert done.exit_code == 2
    assert "NUMBER:DIGEST" in done.output

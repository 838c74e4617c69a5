"""The commands that show and accept the date of due work, and what a refused date does."""

from datetime import timedelta

import pytest
import time_machine

from survey.audit.models import AuditLine
from survey.cli.clock import accept, show
from survey.cli.tallies import close
from survey.clock import queries
from survey.clock.checking import Guard
from survey.db import db


@pytest.fixture
def runner(app):
    Guard().run(lambda: 0)
    return app.test_cli_runner()


@pytest.fixture
def ahead(runner):
    with time_machine.travel(timedelta(days=800), tick=False):
        yield


def test_a_plausible_date_is_shown(runner):
    result = runner.invoke(show)
    assert result.exit_code == 0
    assert "Due work is done." in result.output


def test_a_jump_is_shown_and_accepted_by_an_administrator_alone(runner, ahead):
    result = runner.invoke(show)
    assert (result.exit_code, "800 days ahead" in result.stderr) == (1, True)
    assert runner.invoke(accept, input="n\n").exit_code == 1
    assert runner.invoke(show).exit_code == 1
    result = runner.invoke(accept, input="y\n")
    assert result.exit_code == 0
    assert "800 days after" in result.output
    assert runner.invoke(show).exit_code == 0
    line = db.session.query(AuditLine).order_by(AuditLine.number.desc()).first()
    assert line.act == "clock accept"
    assert queries.newest().isoformat() in str(line.__dict__)


def test_no_batch_closes_by_hand_on_a_date_that_is_not_accepted(runner, ahead):
    result = runner.invoke(close)
    assert result.exit_code == 1
    assert "Nothing is released" in result.output
    assert runner.invoke(accept, ["--yes"]).exit_code == 0
    assert runner.invoke(close).exit_code == 0


def test_readiness_warns_of_a_jump_and_customers_are_served(app, runner, ahead):
    reply = app.test_client().get("/readyz")
    assert reply.status_code == 200
    assert "800 days ahead" in reply.json["warning"]

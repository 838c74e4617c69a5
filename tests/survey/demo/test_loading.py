"""A load that is killed, and loads at the same moment. With real processes."""

import os
import signal

import pytest
from flask import Flask

import wsgi
from survey.db import db
from survey.demo import clearing, loading, queries
from survey.demo.refusal import DemonstrationRefused
from survey.demo.sign_ins import SIGN_INS
from survey.people.models import Staff
from survey.questionnaires.models import Questionnaire
from survey.responses.models import Response, Waiting
from survey.settings import Settings
from survey.tallies import verification
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once, context

NUMBER = 1100


def load_and_die(settings: Settings, step: str) -> None:
    """Loads, and is killed where ``step`` would begin."""

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if step != "progress":
        setattr(loading, step, die)
    with wsgi.create_app(settings).app_context():
        loading.load(NUMBER, TODAY, False, die)


def killed_at(app: Flask, step: str) -> None:
    process = context().Process(target=load_and_die, args=(app.config["SETTINGS"], step))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    db.session.rollback()


def number(model: type) -> int:
    rows = db.session.scalar(db.select(db.func.count()).select_from(model))
    db.session.rollback()
    return rows


def if_empty(app: Flask):
    return app.test_cli_runner().invoke(args=["demo", "load", "--responses", str(NUMBER), "--if-empty"])


@pytest.mark.parametrize("step", ["_rows", "progress", "_appoint"])
def test_a_killed_load_is_noticed_and_made_good(app: Flask, step: str):
    killed_at(app, step)
    assert queries.is_loaded()
    assert queries.is_unfinished()
    result = if_empty(app)
    assert result.exit_code == 0, result.output
    assert "not complete" in result.stderr
    assert not queries.is_unfinished()
    assert (number(Response) + number(Waiting), number(Staff), number(Questionnaire)) == (
        NUMBER,
        len(SIGN_INS),
        1,
    )
    assert list(verification.verify()) == []
    assert if_empty(app).output == ""


def test_a_load_killed_at_its_beginning_leaves_a_questionnaire_that_is_cleared_with_it(app: Flask):
    killed_at(app, "_lay_out")
    assert not queries.is_loaded()
    loading.load(20, TODAY, False, lambda _: None)
    clearing.clear()
    assert number(Questionnaire) == 0


def test_what_a_killed_load_left_stays_when_others_hang_on_it(embedded_app: Flask):
    killed_at(embedded_app, "progress")
    manager = factories.staff("manager", queries.first_link().place)
    result = if_empty(embedded_app)
    assert result.exit_code == 0
    assert (
        f"Nothing is loaded: Not the demonstration's, but joined to it; move first: {manager.username}"
        in (result.stderr)
    )
    with pytest.raises(DemonstrationRefused):
        loading.load(NUMBER, TODAY, True, lambda _: None)


def load_at_once(_number: int) -> str:
    try:
        loading.load(NUMBER, TODAY, False, lambda _: None)
    except DemonstrationRefused as refused:
        return str(refused)
    return "loaded"


def test_only_one_of_concurrent_loads_succeeds(app: Flask):
    results = at_once(app.config["SETTINGS"], load_at_once, [(n,) for n in range(2)])
    assert sorted(map(str, results)) == [
        "The demonstration is loaded already. Clear it first: huiyin demo clear",
        "loaded",
    ]
    assert (number(Response) + number(Waiting), number(Staff)) == (NUMBER, len(SIGN_INS))

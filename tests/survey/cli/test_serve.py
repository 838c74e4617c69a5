"""`serve` begins only where customers can be served, and says what is missing otherwise."""

from __future__ import annotations

import re
import socket

import pytest

from survey import serving, settings
from survey.people import first_administrator
from tests import factories


@pytest.fixture
def started(monkeypatch):
    """The names of the processes that would have been started."""
    names: list[str] = []

    def supervise(commands):
        names.extend(commands)
        return 0

    monkeypatch.setattr(serving, "supervise", supervise)
    return names


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_web_server_and_a_worker_are_started(app, started, port):
    result = app.test_cli_runner().invoke(args=["serve", "--port", str(port)])
    assert result.exit_code == 0, result.output
    assert f"Serving at http://127.0.0.1:{port}" in result.stderr
    assert started == ["web server", "worker"]


def test_a_link_for_the_first_administrator_is_told_until_there_is_one(app, started, port):
    def told() -> str:
        return app.test_cli_runner().invoke(args=["serve", "--port", str(port)]).stderr

    factories.staff("auditor")
    link = f"http://127.0.0.1:{port}{first_administrator.PATH}"
    first = re.search(re.escape(link) + r"(\S+)", told())
    assert first is not None
    assert first_administrator.is_valid(first[1], settings.now())
    factories.staff()
    assert first_administrator.PATH not in told()


def test_the_worker_can_be_left_to_another_process(embedded_app, started, port):
    embedded_app.test_cli_runner().invoke(args=["serve", "--port", str(port), "--no-worker"])
    assert started == ["web server"]


def test_a_taken_port_is_said_in_words(embedded_app, started):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        result = embedded_app.test_cli_runner().invoke(args=["serve", "--port", str(taken)])
    assert result.exit_code == 1
    assert f"Port {taken} of 127.0.0.1 is taken" in result.output
    assert started == []


def test_a_new_database_is_not_served_and_the_command_that_makes_its_tables_is_named(
    new_application, new_database, new_settings, started, port
):
    app = new_application(new_settings(new_database("sqlite")))
    result = app.test_cli_runner().invoke(args=["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert "huiyin db upgrade" in result.output
    assert started == []


def test_a_demonstration_is_served_only_when_that_is_asked_for(embedded_app, started, port):
    runner, arguments = embedded_app.test_cli_runner(), ["serve", "--port", str(port)]
    runner.invoke(args=["demo", "load", "--responses", "0"])
    refused = runner.invoke(args=arguments)
    assert refused.exit_code == 1
    assert "huiyin demo clear" in refused.output
    assert started == []
    assert runner.invoke(args=[*arguments, "--demonstration"]).exit_code == 0
    assert started == ["web server", "worker"]


def test_without_compiled_texts_nothing_is_served(embedded_app, started, port, monkeypatch, tmp_path):
    monkeypatch.setitem(embedded_app.config, "TRANSLATIONS", tmp_path)
    result = embedded_app.test_cli_runner().invoke(args=["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert "texts are not compiled (zh_Hans_CN)" in result.output
    assert started == []

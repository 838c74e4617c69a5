from __future__ import annotations

from flask import Flask

from tests import factories


def test_each_is_listed_with_its_published_version(embedded_app: Flask):
    run = embedded_app.test_cli_runner().invoke
    assert run(args=["questionnaires", "list"]).output == ""
    for _ in range(2):
        factories.version()
    factories.version("another")
    lines = [line.split("\t") for line in run(args=["questionnaires", "list"]).output.splitlines()]
    assert sorted(line[:3] for line in lines) == [
        ["another", "1", "2026-01-01"],
        ["service-satisfaction", "2", "2026-01-01"],
    ]
    assert all(line[3] for line in lines)

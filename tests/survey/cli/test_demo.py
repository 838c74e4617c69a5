from __future__ import annotations

from flask import Flask

from survey.db import db
from survey.places.models import Place
from tests import factories


def every_row() -> dict[str, set[tuple]]:
    """But for the audit log, which tells of every command and is never cleared."""
    rows = {
        table.name: {tuple(map(repr, row)) for row in db.session.execute(table.select())}
        for table in db.metadata.sorted_tables
        if table.name != "audit_line"
    }
    db.session.rollback()
    return {name: stored for name, stored in rows.items() if stored}


def test_the_command_loads_nothing_beside_real_places_unless_forced(embedded_app: Flask):
    run = embedded_app.test_cli_runner().invoke
    factories.place()
    refused = run(args=["demo", "load", "--responses", "0"])
    assert refused.exit_code == 1
    assert "--force" in refused.output
    quiet = run(args=["demo", "load", "--responses", "0", "--if-empty"])
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert db.session.scalar(db.select(db.func.count()).select_from(Place)) == 1
    db.session.rollback()
    assert run(args=["demo", "load", "--responses", "0", "--force"]).exit_code == 0


def test_real_rows_joined_to_the_demonstration_are_named_and_nothing_is_cleared(embedded_app: Flask):
    run = embedded_app.test_cli_runner().invoke
    run(args=["demo", "load", "--responses", "0"])
    factories.employee(db.session.scalars(db.select(Place).filter_by(kind="point")).first(), "OURS")
    before = every_row()
    refused = run(args=["demo", "clear"])
    assert refused.exit_code == 1
    assert "OURS" in refused.output
    assert every_row() == before


def test_the_commands_load_print_and_clear(embedded_app: Flask):
    run = embedded_app.test_cli_runner().invoke
    assert run(args=["demo", "load", "--responses", "50"]).exit_code == 0
    printed = run(args=["demo", "sign-ins", "--base", "https://a.example"]).stdout.splitlines()
    assert [line.split()[0] for line in printed] == [
        "administrator", "manager", "manager", "counter", "marketing", "auditor", "customer", "wallet",
    ]  # fmt: skip
    assert printed[-2].split()[1].startswith("https://a.example/s/")
    assert "https://a.example/w/  telephone number 13800138000" in printed[-1]
    before = every_row()
    assert run(args=["demo", "load", "--if-empty"]).exit_code == 0
    assert run(args=["demo", "load"]).exit_code == 1
    assert run(args=["demo", "load", "--responses", "-1"]).exit_code == 2
    assert every_row() == before
    assert run(args=["demo", "clear"]).exit_code == 0
    assert every_row() == {}

"""Commands of the administrator, all under ``huiyin``: a module for each group."""

import click
from flask import Flask

from . import (
    audit,
    clock,
    demo,
    indexes,
    ledger,
    places,
    questionnaires,
    releases,
    reports,
    responses,
    serve,
    staff,
    tallies,
    worker,
)
from .acting import watch_command

# One line for each command or group.
COMMANDS: tuple[click.Command, ...] = (
    serve.serve,
    audit.audit,
    clock.clock,
    demo.demo,
    indexes.indexes,
    ledger.ledger,
    questionnaires.questionnaires,
    releases.releases,
    reports.reports,
    responses.responses,
    places.places,
    staff.staff,
    tallies.tallies,
    worker.worker,
)
UNATTENDED = (serve.serve, worker.worker)
"""Commands that are not acts of a person, and so not logged as such."""

for _command in COMMANDS:
    if _command not in UNATTENDED:
        watch_command(_command)


def init_app(app: Flask) -> None:
    """Register every feature's commands."""
    for command in COMMANDS:
        app.cli.add_command(command)

"""Commands of the administrator, all under ``huiyin``: a module a group."""

import click
from flask import Flask

from . import (
    audit,
    demo,
    indexes,
    ledger,
    places,
    questionnaires,
    reports,
    responses,
    serve,
    staff,
    tallies,
    worker,
)
from .acting import watch_command

# One line a command or group.
COMMANDS: tuple[click.Command, ...] = (
    serve.serve,
    audit.audit,
    demo.demo,
    indexes.indexes,
    ledger.ledger,
    questionnaires.questionnaires,
    reports.reports,
    responses.responses,
    places.places,
    staff.staff,
    tallies.tallies,
    worker.worker,
)
UNATTENDED = (serve.serve, worker.worker)
"""What they do is nobody's act."""

for _command in COMMANDS:
    if _command not in UNATTENDED:
        watch_command(_command)


def init_app(app: Flask) -> None:
    """Registers every feature's commands."""
    for command in COMMANDS:
        app.cli.add_command(command)

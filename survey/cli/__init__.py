"""Commands of the administrator, all under ``flask --app wsgi``: a module a group."""

import click
from flask import Flask

from survey import serving

from . import audit, demo, indexes, ledger, places, questionnaires, reports, responses, staff, tallies, worker
from .acting import watched

# One line a command or group.
COMMANDS: tuple[click.Command, ...] = (
    serving.serve,
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
UNATTENDED = (serving.serve, worker.worker)
"""What they do is nobody's act."""

for _command in COMMANDS:
    if _command not in UNATTENDED:
        watched(_command)


def init_app(app: Flask) -> None:
    """Registers every feature's commands."""
    for command in COMMANDS:
        app.cli.add_command(command)

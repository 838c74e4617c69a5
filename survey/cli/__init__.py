"""Commands of the administrator, all under ``flask --app wsgi``: a module a group."""

import click
from flask import Flask

from survey import serving

from . import demo, indexes, places, questionnaires, reports, responses, staff, tallies, worker

# One line a command or group.
COMMANDS: tuple[click.Command, ...] = (
    serving.serve,
    demo.demo,
    indexes.indexes,
    questionnaires.questionnaires,
    reports.reports,
    responses.responses,
    places.places,
    staff.staff,
    tallies.tallies,
    worker.worker,
)


def init_app(app: Flask) -> None:
    """Registers every feature's commands."""
    for command in COMMANDS:
        app.cli.add_command(command)

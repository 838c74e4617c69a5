"""``huiyin serve``: the pages."""

import sys

import click
from flask.cli import with_appcontext

from survey import health, serving, settings
from survey.db import db
from survey.demo import queries as demo
from survey.people import first_administrator


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Run a worker beside the server.")
@click.option("--demonstration", is_flag=True, help="Serve although the demonstration is loaded.")
@with_appcontext
def serve(host: str, port: int, worker: bool, demonstration: bool) -> None:
    """Serve the pages, with one worker beside; Ctrl-C stops both.

    Prints a link for the first administrator as long as there is no administrator.
    """
    if not serving.is_free(host, port):
        raise click.ClickException(f"Port {port} of {host} is taken. Choose another: PORT={port + 1}")
    reason = health.reason_not_ready()
    if reason is not None:
        raise click.ClickException(f"Not ready to serve: {reason}")
    if demo.is_loaded() and not demonstration:
        text = "The demonstration is loaded. Remove it (huiyin demo clear), or add --demonstration."
        raise click.ClickException(text)
    _invite(settings.current().address(port))
    # Only the processes that are started need the database from now on.
    db.session.remove()
    db.engine.dispose()
    commands = {"web server": serving.web_server(host, port)}
    if worker:
        commands["worker"] = serving.worker()
    click.echo(f"Serving at http://{host}:{port} – Ctrl-C stops.", err=True)
    sys.exit(serving.supervise(commands))


def _invite(base: str) -> None:
    """Print the link for the first administrator when one is needed."""
    if first_administrator.is_needed():
        link = first_administrator.link(base, settings.now())
        click.echo(f"There is no administrator. Become the first one, within an hour: {link}", err=True)

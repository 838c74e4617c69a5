"""``huiyin staff``: those who sign in."""

import click
from flask.cli import with_appcontext

from survey import settings
from survey.people import first_administrator
from survey.people.appointment import appoint
from survey.people.models import ROLES
from survey.places import queries
from survey.refusal import Refused


@click.group("staff")
def staff() -> None:
    """Those who sign in."""


@staff.command("add")
@click.argument("username")
@click.option("--name", required=True, help="As the screens show it.")
@click.option("--role", type=click.Choice(ROLES), default="administrator", show_default=True)
@click.option("--place", "code", help="Code of a manager's part of the organisation.")
@click.password_option(help="Asked for when left out, as it should be: commands are seen by others.")
@with_appcontext
def add(username: str, name: str, role: str, code: str | None, password: str) -> None:
    """Appoint USERNAME."""
    place = queries.place(code) if code else None
    if code and place is None:
        raise click.ClickException(f"There is no place {code}.")
    try:
        person = appoint(username, name, role, password, place)
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{person.name} may sign in as {person.username}.")


@staff.command("first-administrator")
@click.option("--base", default="", help="Where the pages are served; PUBLIC_URL by default.")
@with_appcontext
def first(base: str) -> None:
    """Print a link with which the first administrator makes their account; valid once, for an hour."""
    if not first_administrator.is_needed():
        raise click.ClickException("There is an administrator already.")
    click.echo(first_administrator.link(base or settings.current().address(), settings.now()))

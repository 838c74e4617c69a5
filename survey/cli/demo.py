"""``huiyin demo``: an invented company to look at."""

import click
from flask.cli import with_appcontext

from survey import settings
from survey.demo import clearing, loading, queries
from survey.demo.points import PHONE
from survey.demo.refusal import DemonstrationRefused
from survey.demo.sign_ins import password


@click.group("demo")
def demo() -> None:
    """An invented company to look at, plainly labelled as such."""


@demo.command("load")
@click.option("--responses", default=loading.RESPONSES, show_default=True, type=click.IntRange(0, 10_000_000))
@click.option("--if-empty", is_flag=True, help="Do nothing when there are places already.")
@click.option("--force", is_flag=True, help="Load it beside places that are real.")
@with_appcontext
def load(responses: int, if_empty: bool, force: bool) -> None:
    """Load the demonstration: 60 service points and a year of answers."""
    unfinished = queries.is_unfinished()
    if if_empty and queries.has_places(real=unfinished):
        return
    if unfinished:
        click.echo("The demonstration is not complete: it is loaded anew.", err=True)
    try:
        with click.progressbar(length=responses, label="Loading demonstration data") as bar:
            loading.load(responses, settings.current().today(), force, bar.update)
    except DemonstrationRefused as refused:
        if if_empty:
            click.echo(f"Nothing is loaded: {refused}", err=True)
            return
        raise click.ClickException(str(refused)) from None
    click.echo(f"{responses:,} invented responses are loaded. To remove them: huiyin demo clear")


@demo.command("clear")
@with_appcontext
def clear() -> None:
    """Remove the demonstration, and nothing else."""
    try:
        number = clearing.clear()
    except DemonstrationRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"The demonstration is removed, {number:,} responses with it.")


@demo.command("sign-ins")
@click.option("--base", default="", help="Where the pages are served; http://127.0.0.1:8000 by default.")
@with_appcontext
def sign_ins(base: str) -> None:
    """Print one sign-in for each role, and a link as customers get it."""
    mine = settings.current()
    base = base or mine.address()
    for person in queries.sign_ins():
        secret = password(mine.secret_key, person.username)
        click.echo(f"{person.role:<14} {base}/admin/  user name {person.username}  password {secret}")
    link = queries.first_link()
    if link is not None:
        click.echo(f"{'customer':<14} {base}/s/{link.code}")
        phone = PHONE.removeprefix("+86")
        click.echo(f"{'wallet':<14} {base}/w/  telephone number {phone}  code in {base}/admin/outbox/")

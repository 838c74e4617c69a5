"""``huiyin clock``: whether the date is plausible, on which due work is done."""

import sys

import click
from flask.cli import with_appcontext

from survey import settings
from survey.clock import checking


@click.group("clock")
def clock() -> None:
    """The date on which points expire and batches close."""


@clock.command("show")
@with_appcontext
def show() -> None:
    """Show whether due work is done; exit code 1 when the clock has jumped ahead."""
    jump = checking.find_jump()
    if jump is not None:
        click.echo(f"No due work is done: {jump}", err=True)
        sys.exit(1)
    click.echo(f"Today is {settings.current().today()}. Due work is done.")


@clock.command("accept")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def accept(yes: bool) -> None:
    """Confirm that the clock is right, after it jumped or nothing was done for more than a week."""
    if not yes:
        click.confirm(f"Is today really {settings.current().today()}?", abort=True)
    jump = checking.accept()
    ahead = f", {jump.days:,} days after {jump.newest}" if jump is not None else ""
    click.echo(f"Due work is done from {settings.current().today()} on{ahead}.")

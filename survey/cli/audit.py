"""``huiyin audit``: verify the log of what staff did."""

import sys

import click
from flask.cli import with_appcontext

from survey.audit.rules.chain import Head, InvalidHead, head_from
from survey.audit.verification import verify as proved


@click.group("audit")
def audit() -> None:
    """The log of what staff did."""


def _head(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> list[Head]:
    try:
        return [head_from(value) for value in values]
    except InvalidHead as error:
        raise click.BadParameter("a head is NUMBER:DIGEST, as this command prints it") from error


@audit.command("verify")
@click.option("--head", "noted", multiple=True, callback=_head, help="A head that was noted before.")
@with_appcontext
def verify(noted: list[Head]) -> None:
    """Recompute the chain of all lines; exit code 1 with the first that is not as it was written."""
    verdict = proved(noted)
    if verdict.fault:
        click.echo(f"The audit log is broken: {verdict.fault}.")
        click.echo(f"In order up to {verdict.head}")
        sys.exit(1)
    click.echo(f"{verdict.head.number:,} lines, all as they were written.")
    click.echo(f"Head: {verdict.head}")

"""``flask questionnaires``: what customers are asked."""

import click
from flask.cli import with_appcontext

from survey.i18n import text_of
from survey.questionnaires import queries


@click.group("questionnaires")
def questionnaires() -> None:
    """What customers are asked."""


@questionnaires.command("list")
@with_appcontext
def show_all() -> None:
    """Print each questionnaire's slug, published version, its day, and title."""
    for asked in queries.questionnaires():
        version = queries.published(asked.id)
        number, day = (version.number, version.published_on) if version else ("-", "-")
        click.echo(f"{asked.slug}\t{number}\t{day}\t{text_of(asked.title, 'zh')}")

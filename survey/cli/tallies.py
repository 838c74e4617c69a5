"""``huiyin tallies``: the counts that indexes are made of."""

import sys

import click
from flask.cli import with_appcontext

from survey.clock.checking import Guard
from survey.places import queries as places
from survey.questionnaires import queries as questionnaires
from survey.tallies import closing, rebuilding, verification
from survey.tallies.verification import TallyDifference


@click.group("tallies")
def tallies() -> None:
    """The counts of answers that indexes are made of."""


@tallies.command("close")
@with_appcontext
def close() -> None:
    """Release the batches that are due, as huiyin worker does."""
    guard = Guard()
    released = guard.run(closing.close_all)
    if guard.jump is not None:
        raise click.ClickException(f"Nothing is released: {guard.jump}")
    click.echo(f"{released:,} responses released.")


@tallies.command("rebuild")
@with_appcontext
def rebuild() -> None:
    """Count everything again from the responses."""
    done = 0
    for done in rebuilding.rebuild():
        if done % 100 == 0:
            click.echo(f"{done:,} places…", err=True)
    click.echo(f"The tallies of {done:,} places are counted again.")


@tallies.command("verify")
@with_appcontext
def verify() -> None:
    """Compare every tally with a recount of the responses; exit code 1 when one differs."""
    differences = list(verification.verify())
    for difference in differences:
        click.echo(describe(difference))
    if differences:
        click.echo(f"{len(differences):,} tallies differ. Mend them: huiyin tallies rebuild", err=True)
        sys.exit(1)
    click.echo("Every tally agrees with the responses.")


def describe(difference: TallyDifference) -> str:
    place = places.place_by_id(difference.place_id).code
    employee = places.employee_by_id(difference.employee_id)
    version = questionnaires.version_by_id(difference.version_id)
    start = f"{difference.grain} {difference.start}"
    part = f" part {difference.part_id}" if difference.part_id else ""
    who = (
        f", employee {employee.code if employee else difference.employee_id}"
        if difference.employee_id
        else ""
    )
    asked = f"{version.questionnaire.slug} version {version.number}"
    return f"{place}{who}, {asked}, {difference.view}{part}, {start}: {difference.what}"

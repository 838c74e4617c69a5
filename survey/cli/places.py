"""``huiyin places``: the organisation from a file."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from survey import tabular
from survey.places import importing


@click.group("places")
def places() -> None:
    """The tree of the organisation."""


@places.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and write nothing.")
@click.option("--good-rows", is_flag=True, help="Write the good rows although others are bad.")
@with_appcontext
def import_file(file: Path, dry_run: bool, good_rows: bool) -> None:
    """Add the places of FILE, a CSV with the columns code, name, name_en, kind, parent.

    Names every bad row on stderr. Exit code 1 when any row is bad, unless --good-rows.
    """
    try:
        text = tabular.decode(file.read_bytes())
        if dry_run:
            outcome = tabular.ImportOutcome(importing.check_file(text, None), 0)
        else:
            outcome = importing.import_places(text, None, good_rows)
    except tabular.Unreadable as unreadable:
        raise click.ClickException(str(unreadable)) from unreadable
    checked = outcome.checked
    for problem in checked.problems:
        where = f"line {problem.line}, {problem.column}" if problem.column else f"line {problem.line}"
        click.echo(f"{where}: {problem}", err=True)
    click.echo(f"{checked.good:,} good rows, {checked.bad:,} bad rows; {outcome.written:,} places written.")
    if checked.problems and not good_rows:
        sys.exit(1)

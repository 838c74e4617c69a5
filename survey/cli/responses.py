"""``huiyin responses``: answers that were collected elsewhere come in, all go out."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from survey import settings
from survey.responses import mapping
from survey.responses.importing import Import, Outcome, Unfinished
from survey.responses.rows import Fault
from survey.tallies.history import release_files

from .exports import export

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("responses")
def responses() -> None:
    """Answers of customers."""


responses.add_command(export)


@responses.command("import")
@click.argument("file", type=FILE)
@click.option("--mapping", "mapping_file", type=FILE, required=True, help="TOML: which column is what.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would happen.")
@click.option("--skip-bad", is_flag=True, help="Leave rows with bad values out, whole; import the others.")
@with_appcontext
def import_(file: Path, mapping_file: Path, dry_run: bool, skip_bad: bool) -> None:
    """Import the answers in FILE (CSV). Importing the same file again adds nothing."""
    try:
        today = settings.current().today()
        job = Import.of(file, mapping.parse(_read_text(mapping_file)), today)
        job.check(_report, skip_bad)
        outcome = job.preview() if dry_run else job.write()
    except Unfinished as unfinished:
        rest = f"{unfinished.new:,} rows are written; run it again to finish"
        raise click.ClickException(f"{unfinished}. {rest}.") from None
    except mapping.ImportRefused as refused:
        raise click.ClickException(f"{refused}. Nothing is written.") from None
    click.echo(summary(outcome, dry_run))
    if outcome.new and not dry_run:
        release_files()


def summary(outcome: Outcome, dry_run: bool) -> str:
    """Return a few lines that say what an import did, or would do."""
    count = outcome.count
    lines = [
        f"{count.rows:,} rows: {count.good:,} answered, {count.blank:,} without any answer,"
        f" {count.bad:,} bad and skipped whole."
    ]
    created = ["the group"] if outcome.parent else []
    created += [f"{len(outcome.places):,} service points"] if outcome.places else []
    created += ["the questionnaire"] if outcome.questionnaire else []
    if created:
        lines.append(f"{'Would make' if dry_run else 'Made'} {', '.join(created)}.")
    new = "would be new" if dry_run else "new"
    lines.append(f"{outcome.new:,} {new}, {outcome.known:,} already there.")
    return "\n".join(lines + ["Dry run: nothing is written."] * dry_run)


def _report(fault: Fault) -> None:
    click.echo(str(fault), err=True)


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise mapping.ImportRefused(f"{path.name} is not UTF-8") from None

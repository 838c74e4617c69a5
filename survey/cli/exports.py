"""``huiyin responses export``: all responses of a questionnaire, as a file for other tools."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO

import click
from flask.cli import with_appcontext

from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire
from survey.responses.export import FORMATS
from survey.responses.exporting import Export

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("export")
@click.argument("slug")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="csv", show_default=True)
@click.option("--from", "first", type=DAY, help="First day, as 2026-11-02.")
@click.option("--to", "last", type=DAY, help="Last day.")
@click.option("--place", "code", metavar="CODE", help="Only this place and what lies below it.")
@click.option("--language", default="zh", show_default=True, help="Of headings, questions and labels.")
@click.option("--public", is_flag=True, help="Only what pages show: whole batches, by month.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    required=True,
    help="The file; - for standard output.",
)
@with_appcontext
def export(
    slug: str,
    form: str,
    first: datetime | None,
    last: datetime | None,
    code: str | None,
    language: str,
    public: bool,
    output: Path,
) -> None:
    """Export the responses of the questionnaire SLUG. Everything is in it: keep the file as it deserves."""
    begin, end = first.date() if first else date.min, last.date() if last else date.max
    if end < begin:
        raise click.BadParameter("it is before --from", param_hint="--to")
    request = Export(_questionnaire(slug), not public, False, _place(code), begin, end, language)
    rows = 0
    with (
        _file(output) as file,
        click.progressbar(length=request.count(), label="Exporting", file=sys.stderr) as bar,
    ):

        def progress(number: int) -> None:
            nonlocal rows
            rows += number
            bar.update(number)

        for part in request.write(form, progress):
            file.write(part)
    click.echo(f"{rows:,} responses are written.", err=True)


def _questionnaire(slug: str) -> Questionnaire:
    questionnaire = questionnaires.questionnaire(slug)
    if questionnaire is None:
        names = ", ".join(known.slug for known in questionnaires.questionnaires()) or "none"
        raise click.BadParameter(f"there is no {slug!r}; there are: {names}", param_hint="SLUG")
    return questionnaire


def _place(code: str | None) -> Place | None:
    place = places.place(code) if code is not None else None
    if code is not None and place is None:
        raise click.BadParameter(f"there is no place {code!r}", param_hint="--place")
    return place


@contextmanager
def _file(output: Path) -> Iterator[IO[bytes]]:
    """Yield the file to write to. It appears only once it is complete, and only its owner may read it."""
    if str(output) == "-":
        yield sys.stdout.buffer
        return
    unfinished = output.with_name(f".{output.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600, exist_ok=False)
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(output)
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)

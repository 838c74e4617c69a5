"""``huiyin reports``: the monthly report of a place, or of every one below it."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from survey import private_files, settings
from survey.periods import month, months_before
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires.models import Questionnaire
from survey.reports.monthly import MonthlyReport, make_report
from survey.reports.pdf import pdf
from survey.reports.words import LANGUAGES
from survey.reports.workbook import xlsx

from .indexes import choose_questionnaire

FORMATS = ("pdf", "xlsx")


@click.group("reports")
def reports() -> None:
    """Monthly reports."""


@reports.command("make")
@click.argument("code")
@click.option("--month", "start", type=click.DateTime(["%Y-%m"]), help="As 2026-10. Default: the last one.")
@click.option("--questionnaire", "slug", metavar="SLUG", help="Default: the one with most answers.")
@click.option("--each", type=click.Choice(["region", "point"]), help="One for each of these below CODE.")
@click.option("--format", "forms", type=click.Choice(FORMATS), multiple=True, default=FORMATS)
@click.option("--language", type=click.Choice(LANGUAGES), default="zh", show_default=True)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder for the files; made when it is not there.",
)
@click.option("--weighted", is_flag=True, help="Count answers by known customers.")
@with_appcontext
def make_(
    code: str,
    start: datetime | None,
    slug: str | None,
    each: str | None,
    forms: tuple[str, ...],
    language: str,
    folder: Path,
    weighted: bool,
) -> None:
    """Make the monthly report of the place CODE, as PDF and XLSX. Figures are those that pages show."""
    first = start.date() if start else months_before(month(settings.current().today()), 1)
    tops = _tops(code, each)
    questionnaire = choose_questionnaire(slug)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = _write(tops, questionnaire, first, language, forms, folder, weighted)
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {error.strerror}") from None
    click.echo(f"{written:,} files are written to {folder}.")


def _write(
    tops: list[Place],
    questionnaire: Questionnaire,
    first: date,
    language: str,
    forms: tuple[str, ...],
    folder: Path,
    weighted: bool,
) -> int:
    points = sum(max(1, len(places.subtree(top, "point"))) for top in tops)
    with click.progressbar(length=points * (1 + len(forms)), label="Making reports") as bar:
        for top in tops:
            monthly = make_report(top, questionnaire, first, language, bar.update, weighted)
            for form in forms:
                name = f"{top.code}-{questionnaire.slug}-{first:%Y-%m}-{language}"
                path = folder / f"{name}{'-weighted' if monthly.is_weighted else ''}.{form}"
                private_files.write(path, _file_content(form, monthly, bar.update))
    return len(tops) * len(forms)


def _file_content(form: str, monthly: MonthlyReport, progress: Callable[[int], None]) -> bytes:
    return pdf(monthly, progress) if form == "pdf" else xlsx(monthly, progress)


def _tops(code: str, each: str | None) -> list[Place]:
    place = places.place(code)
    if place is None:
        raise click.BadParameter(f"there is no place {code!r}", param_hint="CODE")
    tops = places.subtree(place, each) if each else [place]
    if not tops:
        raise click.BadParameter(f"there is no {each} below {code!r}", param_hint="--each")
    return tops

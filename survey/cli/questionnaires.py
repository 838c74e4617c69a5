"""``huiyin questionnaires``: what customers are asked."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from survey.i18n import text_of
from survey.questionnaires import drafting, queries
from survey.questionnaires.models import Version
from survey.questionnaires.rules import filing
from survey.questionnaires.rules.checking import DocumentProblem
from survey.questionnaires.rules.checking.values import SLUG

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("questionnaires")
def questionnaires() -> None:
    """What customers are asked."""


@questionnaires.command("list")
@with_appcontext
def show_all() -> None:
    """Print each questionnaire's slug, published version, its day, and title."""
    for questionnaire in queries.questionnaires():
        version = queries.published(questionnaire.id)
        number, day = (version.number, version.published_on) if version else ("-", "-")
        click.echo(f"{questionnaire.slug}\t{number}\t{day}\t{text_of(questionnaire.title, 'zh')}")


@questionnaires.command("check")
@click.argument("files", type=FILE, nargs=-1, required=True)
def check(files: tuple[Path, ...]) -> None:
    """Say what is wrong with FILES and where; nothing is stored. Exits 1 when something is."""
    wrong = 0
    for file in files:
        _document, problems = _read(file)
        _report(file, problems)
        wrong += bool(problems)
    if wrong:
        raise click.ClickException(f"{wrong} of {len(files)} cannot be published as they are.")
    click.echo(f"{len(files)} good.")


@questionnaires.command("export")
@click.argument("slug")
@click.option("--version", "number", type=int, help="Not the published one, but this.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the screen."
)
@with_appcontext
def export(slug: str, number: int | None, output: Path | None) -> None:
    """Write the questionnaire SLUG as a file: the version that customers get, else the newest."""
    version = _version(slug, number)
    text = filing.serialise(version.document, slug, version.questionnaire.title)
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, "utf-8")
    click.echo(f"Version {version.number} ({version.state}) of {slug} is written to {output}.")


@questionnaires.command("import")
@click.argument("file", type=FILE)
@click.option("--slug", help="Instead of the one that the file gives.")
@click.option("--next", "as_next", is_flag=True, help="As the draft of the next version of what is there.")
@with_appcontext
def import_(file: Path, slug: str | None, as_next: bool) -> None:
    """Make a draft of FILE: of a new questionnaire, or of the next version of one. Nobody is asked yet."""
    document, problems = _read(file)
    _report(file, problems)
    if document is None:
        raise click.ClickException("Nothing is stored.")
    slug = slug or document.get("slug")
    if slug is None or not SLUG.fullmatch(slug):
        raise click.UsageError("Give it a --slug of small letters, digits and hyphens.")
    draft = _make_draft(slug, filing.version_content(document, slug), as_next)
    rest = f" To be done before it can be published: {len(problems)}." if problems else ""
    click.echo(f"Version {draft.number} of {slug} is a draft.{rest}")


def _make_draft(slug: str, document: dict[str, Any], as_next: bool) -> Version:
    try:
        return drafting.begin(slug, document) if as_next else drafting.create(slug, document)
    except drafting.SlugTaken:
        hint = "Give this one another --slug, or say --next to make it the next version."
        raise click.ClickException(f"There is a questionnaire {slug} already. {hint}") from None
    except drafting.Conflict:
        hint = "Publish or discard that first."
        raise click.ClickException(f"The next version of {slug} is a draft already. {hint}") from None
    except LookupError:
        raise click.ClickException(f"There is no questionnaire {slug}.") from None


def _version(slug: str, number: int | None) -> Version:
    questionnaire = queries.questionnaire(slug)
    if questionnaire is None:
        raise click.ClickException(f"There is no questionnaire {slug}.")
    if number is None:
        return queries.published(questionnaire.id) or queries.versions(questionnaire)[0]
    version = queries.version(questionnaire, number)
    if version is None:
        raise click.ClickException(f"{slug} has no version {number}.")
    return version


def _read(file: Path) -> tuple[dict[str, Any] | None, list[DocumentProblem]]:
    with file.open("rb") as data:
        return filing.read(data.read(filing.LARGEST + 1))


def _report(file: Path, problems: list[DocumentProblem]) -> None:
    for problem in problems:
        click.echo(f"{file}: {problem.where or 'all of it'}: {problem}", err=True)

"""``huiyin ledger``: the books of points."""

import sys
from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from survey import private_files, settings, tabular
from survey.periods import month, months_before
from survey.reports import statement_pdf, statement_words, statement_workbook
from survey.reports.words import LANGUAGES, load_words
from survey.rewards import verification
from survey.rewards.statement import monthly_statement
from survey.rewards.verification import LedgerDifference

# The sentence for each kind of difference.
SENTENCES = {
    "balance": "account {about}: its entries sum to {expected}, its balance says {actual}",
    "transfer": "transfer {about}: the entries of a campaign sum to {actual}, not to 0",
    "lone": "transfer {about}: it has fewer than two entries ({actual})",
    "campaign": "campaign {about}: its accounts sum to {actual}, not to 0",
    "held": "customer {about}: reserved for {expected} points, held are {actual}",
    "pending": "customer {about}: {expected} points wait for a review, pending are {actual}",
    "redeemed": "customer {about}: got rewards for {expected} points, redeemed are {actual}",
    "credit": "claim {about:.16}: taken with {expected} points, posted are {actual}",
    "committed": "campaign {about}: its claims come to {expected} points, committed are {actual}",
    "allotted": "campaign {about}: its budget is {expected} points, in its purses are {actual}",
    "adjustment": "adjustment {about}: approved are {expected} points, posted are {actual}",
    "code": "coupon code {about}: it is of reward {expected}, its redemption of reward {actual}",
    "codeless": "reward {about}: {expected} redemptions have no coupon code",
    "stock": "reward {about}: {expected} are left by what was stocked and promised, the stock says {actual}",
}

WRITERS = {".pdf": statement_pdf.pdf, ".xlsx": statement_workbook.xlsx}


@click.group("ledger")
def ledger() -> None:
    """The books of points."""


@ledger.command("verify")
@with_appcontext
def verify() -> None:
    """Prove that the books agree with themselves and with claims, redemptions, adjustments and the stock of
    gifts; exit code 1 when they do not."""
    differences = list(verification.verify())
    for difference in differences:
        click.echo(describe(difference))
    if differences:
        click.echo(f"Differences: {len(differences):,}.", err=True)
        sys.exit(1)
    click.echo("The books are right to the last point.")


def describe(difference: LedgerDifference) -> str:
    return SENTENCES[difference.kind].format(
        about=difference.about, expected=difference.expected, actual=difference.actual
    )


@ledger.command("statement")
@click.option("--month", "start", type=click.DateTime(["%Y-%m"]), help="As 2026-10. Default: the last one.")
@click.option("--language", type=click.Choice(LANGUAGES), default="zh", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a .pdf or .xlsx file instead.",
)
@with_appcontext
def statement(start: datetime | None, language: str, output: Path | None) -> None:
    """The monthly statement, as CSV: what is owed to customers in points, and why that changed."""
    first = start.date() if start else months_before(month(settings.current().today()), 1)
    monthly, said = monthly_statement(first), load_words(language)
    if output is None:
        table = statement_words.rows(monthly, language, said)
        click.echo(
            tabular.write([statement_words.heads(said), *([name, *numbers] for name, numbers in table)]),
            nl=False,
        )
        return
    if output.suffix not in WRITERS:
        raise click.BadParameter("the name of the file ends with .pdf or .xlsx", param_hint="--output")
    try:
        private_files.write(output, WRITERS[output.suffix](monthly, language))
    except OSError as error:
        raise click.ClickException(f"{error.filename or output}: {error.strerror}") from None
    click.echo(f"{output} is written.")

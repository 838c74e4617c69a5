"""``huiyin ledger``: the books of points."""

import sys
from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from survey import settings, tabular
from survey.periods import month, months_before
from survey.reports import statement_pdf, statement_words, statement_workbook
from survey.reports.words import LANGUAGES, words
from survey.rewards import verification
from survey.rewards.statement import monthly_statement
from survey.rewards.verification import LedgerDifference

# The sentence for each kind of difference.
SENTENCES = {
    "balance": "account {about}: its entries sum to {wanted}, its balance says {found}",
    "transfer": "transfer {about}: the entries of a campaign sum to {found}, not to 0",
    "lone": "transfer {about}: it has fewer than two entries ({found})",
    "campaign": "campaign {about}: its accounts sum to {found}, not to 0",
    "held": "customer {about}: reserved for {wanted} points, held are {found}",
    "pending": "customer {about}: {wanted} points wait for a review, pending are {found}",
    "redeemed": "customer {about}: got rewards for {wanted} points, redeemed are {found}",
    "credit": "claim {about:.16}: taken with {wanted} points, posted are {found}",
    "committed": "campaign {about}: its claims come to {wanted} points, committed are {found}",
    "allotted": "campaign {about}: its budget is {wanted} points, in its purses are {found}",
    "adjustment": "adjustment {about}: approved are {wanted} points, posted are {found}",
    "code": "coupon code {about}: it is of reward {wanted}, its redemption of reward {found}",
    "codeless": "reward {about}: {wanted} redemptions have no coupon code",
    "stock": "reward {about}: {wanted} are left by what was stocked and promised, the stock says {found}",
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
        about=difference.about, wanted=difference.wanted, found=difference.found
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
    monthly, said = monthly_statement(first), words(language)
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
        output.write_bytes(WRITERS[output.suffix](monthly, language))
    except OSError as error:
        raise click.ClickException(f"{error.filename or output}: {error.strerror}") from None
    click.echo(f"{output} is written.")

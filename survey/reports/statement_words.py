"""The rows of a points statement, as its PDF, its workbook and the command line show them."""

from survey.i18n import text_of
from survey.rewards.rules.statement import StatementLine
from survey.rewards.statement import PointsStatement

from .words import Words

COLUMNS = ("opening", "issued", "voided", "adjusted", "redeemed", "expired", "closing")
StatementRow = tuple[str, list[int]]


def heads(words: Words) -> list[str]:
    return [words("points_campaign"), *(words(f"points_{name}") for name in COLUMNS)]


def rows(statement: PointsStatement, language: str, words: Words) -> list[StatementRow]:
    """Return a row for each campaign, and the total where there are several."""
    campaign_rows = [
        (text_of(campaign.title, language), numbers(line)) for campaign, line in statement.lines.items()
    ]
    if len(campaign_rows) > 1:
        campaign_rows.append((words("points_total"), numbers(statement.total)))
    return campaign_rows


def numbers(line: StatementLine) -> list[int]:
    return [getattr(line, name) for name in COLUMNS]


def notes(statement: PointsStatement, words: Words) -> list[str]:
    """Return notes on whether the statement reconciles, what it leaves out, and when it was made."""
    claims, points = statement.open_claims
    day = statement.made.isoformat()
    right = words("points_reconciles", day=statement.last.isoformat())
    return [
        right if statement.reconciles else words("points_differs"),
        words("points_memo", day=day, number=f"{claims:,}", points=f"{points:,}"),
        words("points_made", day=day),
    ]

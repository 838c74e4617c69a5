"""The rows of a points statement, as its PDF, its workbook and the command line show them."""

from survey.i18n import text_of
from survey.rewards.rules.statement import StatementLine
from survey.rewards.statement import PointsStatement

from .words import Words

COLUMNS = ("opening", "issued", "voided", "adjusted", "redeemed", "expired", "closing")
StatementRow = tuple[str, list[int]]


def heads(said: Words) -> list[str]:
    return [said("points_campaign"), *(said(f"points_{name}") for name in COLUMNS)]


def rows(statement: PointsStatement, language: str, said: Words) -> list[StatementRow]:
    """A campaign each, and the total where there are several."""
    found = [(text_of(one.title, language), numbers(line)) for one, line in statement.lines.items()]
    if len(found) > 1:
        found.append((said("points_total"), numbers(statement.total)))
    return found


def numbers(line: StatementLine) -> list[int]:
    return [getattr(line, name) for name in COLUMNS]


def notes(statement: PointsStatement, said: Words) -> list[str]:
    """Whether it reconciles, what is not in it, and how it was made."""
    claims, points = statement.open_claims
    day = statement.made.isoformat()
    right = said("points_reconciles", day=statement.last.isoformat())
    return [
        right if statement.reconciles else said("points_differs"),
        said("points_memo", day=day, number=f"{claims:,}", points=f"{points:,}"),
        said("points_made", day=day),
    ]

"""A points statement as XLSX."""

import io

from survey.rewards.statement import PointsStatement

from .book import Book, SheetRow
from .statement_words import heads, notes, rows
from .words import load_words, month_name


def xlsx(statement: PointsStatement, language: str) -> bytes:
    """Return the XLSX file: a sheet of campaigns, and a sheet of checks."""
    words = load_words(language)
    target = io.BytesIO()
    title = f"{words('points_statement')} {month_name(statement.month, language)}"
    table: list[SheetRow] = [[name, *numbers] for name, numbers in rows(statement, language, words)]
    claims, points = statement.open_claims
    memo: list[SheetRow] = [
        [words("month"), month_name(statement.month, language)],
        [words("points_open_claims"), claims],
        [words("points_open_points"), points],
        *([words("points_check"), note] for note in notes(statement, words)),
    ]
    with Book(target, title, words("points_owed")) as book:
        book.sheet(words("points_statement"), heads(words), table)
        book.sheet(words("points_check"), [words("figure"), words("value")], memo)
    return target.getvalue()

"""A points statement as XLSX."""

import io

from survey.rewards.statement import PointsStatement

from .book import Book, SheetRow
from .statement_words import heads, notes, rows
from .words import month_of, words


def xlsx(statement: PointsStatement, language: str) -> bytes:
    said = words(language)
    target = io.BytesIO()
    title = f"{said('points_statement')} {month_of(statement.month, language)}"
    table: list[SheetRow] = [[name, *numbers] for name, numbers in rows(statement, language, said)]
    claims, points = statement.open_claims
    memo: list[SheetRow] = [
        [said("month"), month_of(statement.month, language)],
        [said("points_open_claims"), claims],
        [said("points_open_points"), points],
        *([said("points_check"), note] for note in notes(statement, said)),
    ]
    with Book(target, title, said("points_owed")) as book:
        book.sheet(said("points_statement"), heads(said), table)
        book.sheet(said("points_check"), [said("figure"), said("value")], memo)
    return target.getvalue()

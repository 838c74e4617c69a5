"""A points statement as PDF: a table of campaigns, as many pages as it takes."""

from survey.rewards.statement import PointsStatement

from .statement_words import heads, notes, rows
from .typesetting import typeset
from .words import load_words, month_name, number


def pdf(statement: PointsStatement, language: str) -> bytes:
    """Return the PDF file."""
    words = load_words(language)
    title = f"{words('points_statement')} · {month_name(statement.month, language)}"
    return typeset(
        "statement",
        {
            "words": words.plain,
            "language": language,
            "title": title,
            "head": "",
            "note": words("points_note"),
            "heads": heads(words),
            "rows": [
                [name, *(number(points, 0) for points in numbers)]
                for name, numbers in rows(statement, language, words)
            ],
            "nothing": words("points_nothing"),
            "notes": notes(statement, words),
        },
    )

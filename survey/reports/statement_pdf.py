"""A points statement as PDF: a table of campaigns, as many pages as it takes."""

from survey.rewards.statement import PointsStatement

from .statement_words import heads, notes, rows
from .typesetting import typeset
from .words import month_of, number, words


def pdf(statement: PointsStatement, language: str) -> bytes:
    """Return the file."""
    said = words(language)
    title = f"{said('points_statement')} · {month_of(statement.month, language)}"
    return typeset(
        "statement",
        {
            "said": said.plain,
            "language": language,
            "title": title,
            "head": "",
            "note": said("points_note"),
            "heads": heads(said),
            "rows": [
                [name, *(number(points, 0) for points in numbers)]
                for name, numbers in rows(statement, language, said)
            ],
            "nothing": said("points_nothing"),
            "notes": notes(statement, said),
        },
    )

"""A points statement as PDF: a table of campaigns, as many pages as it takes."""

from survey.rewards.statement import Statement

from .pdf import FONT
from .sheet import A4, ACCENT, INK, MARGIN, MUTED, WIDTH, Sheet
from .statement_words import COLUMNS, StatementRow, heads, notes, rows
from .words import Words, month_of, number, words

NAME = 47.0  # millimetres of the column of names
ROW, TOP, PER_PAGE = 7.0, 52.0, 26


def pdf(statement: Statement, language: str) -> bytes:
    said = words(language)
    title = f"{said('points_statement')} · {month_of(statement.month, language)}"
    table = rows(statement, language, said)
    pages = [table[at : at + PER_PAGE] for at in range(0, max(1, len(table)), PER_PAGE)]
    with Sheet(FONT, title, language) as sheet:
        for place, page in enumerate(pages, 1):
            sheet.sheet()
            sheet.fill(0, 0, A4[0], 4, ACCENT)
            sheet.text(MARGIN, 16, title, 18, INK, strong=True, width=WIDTH)
            sheet.paragraph(MARGIN, 27, said("points_note"), WIDTH, 9, MUTED)
            y = _table(sheet, heads(said), page) if page else TOP
            if place == len(pages):
                _notes(sheet, y + 6, statement, said)
            count = said("page", page=place, pages=len(pages))
            sheet.text(MARGIN + WIDTH, A4[1] - 12, count, 8, MUTED, "R")
        return sheet.finish()


def _table(sheet: Sheet, names: list[str], page: list[StatementRow]) -> float:
    step = (WIDTH - NAME) / len(COLUMNS)
    sheet.text(MARGIN, TOP - 8, names[0], 8, MUTED)
    for column, name in enumerate(names[1:], 1):
        sheet.text(MARGIN + NAME + step * column, TOP - 8, name, 8, MUTED, "R", width=step - 1)
    sheet.line((MARGIN, TOP - 2.5, MARGIN + WIDTH, TOP - 2.5))
    for line, (name, numbers) in enumerate(page):
        y = TOP + ROW * line
        sheet.text(MARGIN, y, name, 9, width=NAME - 2)
        for column, points in enumerate(numbers, 1):
            x = MARGIN + NAME + step * column
            strong = column in (1, len(COLUMNS))
            sheet.text(x, y, number(points, 0), 8.5, INK, "R", strong=strong, width=step)
        sheet.line((MARGIN, y + ROW - 2, MARGIN + WIDTH, y + ROW - 2))
    return TOP + ROW * len(page)


def _notes(sheet: Sheet, y: float, statement: Statement, said: Words) -> None:
    if not statement.lines:
        y = sheet.paragraph(MARGIN, y, said("points_nothing"), WIDTH, 11, INK) + 3
    for note in notes(statement, said):
        y = sheet.paragraph(MARGIN, y, note, WIDTH, 9, MUTED) + 2

"""Questions, dimensions, drivers and method: the tables of a report."""

from collections.abc import Sequence

from survey.indexes.drivers import Driver
from survey.indexes.rules.measures import Answered

from .charts import Box, shares
from .monthly import Monthly
from .sentences import between
from .sheet import ACCENT, INK, MARGIN, MUTED, SOFT, WIDTH, Sheet
from .words import Words, number, signed

ROW = 7.0  # millimetres
PER_PAGE = 32  # rows


def parts(asked: Sequence[Answered]) -> list[Sequence[Answered]]:
    """The questions of each page."""
    return [asked[i : i + PER_PAGE] for i in range(0, len(asked), PER_PAGE)]


def dimensions(sheet: Sheet, y: float, monthly: Monthly, said: Words) -> float:
    """The score of each, its interval, and the answers; returns where it ends."""
    columns = (MARGIN + 105, MARGIN + 145, MARGIN + WIDTH)
    _heads(sheet, y, (said("dimension"), said("score"), said("interval"), said("answers")), columns)
    for name, score in list(monthly.glance.now.dimensions.items())[:12]:
        y += ROW
        sheet.text(MARGIN, y, monthly.dimension(name), width=85)
        given = f"{monthly.answered.dimensions[name].n:,.0f}"
        told = said("few") if score.value is None else given
        cells = (number(score.value), between(score.interval()), told)
        for x, cell in zip(columns, cells, strict=True):
            sheet.text(x, y, cell, align="R")
    return y + ROW


def questions(sheet: Sheet, y: float, monthly: Monthly, said: Words, asked: Sequence[Answered]) -> float:
    """A row for each: answers, mean, score with its interval, and how the answers are spread."""
    columns = (MARGIN + 73, MARGIN + 87, MARGIN + 102, MARGIN + 127)
    heads = (said("question"), said("answers"), said("mean"), said("score"), said("interval"))
    _heads(sheet, y, heads, columns)
    sheet.text(MARGIN + WIDTH, y, said("spread"), 8, MUTED, "R", width=44)
    for one in asked:
        y += ROW
        sheet.text(MARGIN, y, monthly.asked(one.code), 9, width=60)
        if one.counts is None:
            sheet.text(columns[0], y, said("few"), 9, MUTED, "R")
            continue
        cells = (
            f"{monthly.given(one.code):,}",
            number(one.mean, 2),
            number(one.score.value),
            between(one.score.interval()),
        )
        for x, cell in zip(columns, cells, strict=True):
            sheet.text(x, y, cell, 9, align="R")
        shares(sheet, Box(MARGIN + 131, y, WIDTH - 131), one.counts, one.code in monthly.low_is_best)
    return y + ROW


def promoters(sheet: Sheet, y: float, monthly: Monthly, said: Words) -> float:
    """How many recommend us, in words."""
    found = monthly.glance.now.promoters
    if found is None:
        return y
    counts = (found.promoters, found.n - found.promoters - found.detractors, found.detractors)
    names = ("promoters", "passives", "detractors")
    percent = {name: number(100 * count / found.n) for name, count in zip(names, counts, strict=True)}
    text = said("promoters", **percent)
    return sheet.paragraph(MARGIN, y, f"{said('nps')}{said('colon')}{text}", WIDTH, 9, MUTED)


def drivers(sheet: Sheet, y: float, monthly: Monthly, said: Words) -> float:
    """The most important first."""
    found = monthly.drivers
    outcome, share = monthly.asked(found.outcome), number(100 * (found.explained or 0.0), 0)
    y = sheet.paragraph(MARGIN, y, said("drivers_note", outcome=outcome, explained=share), WIDTH) + 4
    columns = (MARGIN + 148, MARGIN + WIDTH)
    _heads(sheet, y, (said("question"), said("performance"), said("quadrant")), columns)
    sheet.text(MARGIN + 75, y, said("importance"), 8, MUTED)
    most = max(one.share for one in found.drivers)
    for one in found.drivers[:PER_PAGE]:
        y += ROW
        _driver(sheet, y, monthly, said, one, most)
    return y + ROW


def _driver(sheet: Sheet, y: float, monthly: Monthly, said: Words, one: Driver, most: float) -> None:
    sheet.text(MARGIN, y, monthly.asked(one.code), width=70)
    wide = 40 * one.share / most if most else 0.0
    sheet.fill(MARGIN + 75, y + 0.3, 40, 3.2, SOFT)
    sheet.fill(MARGIN + 75, y + 0.3, wide, 3.2, ACCENT)
    sheet.text(MARGIN + 118, y, f"{number(100 * one.share, 0)}%")
    sheet.text(MARGIN + 148, y, number(one.score), align="R")
    sheet.text(MARGIN + WIDTH, y, said(one.quadrant), align="R")


def method(sheet: Sheet, y: float, monthly: Monthly, said: Words) -> float:
    """How everything is computed."""
    for name, text in said.explained:
        sheet.text(MARGIN, y, name, 10, ACCENT, strong=True)
        y = sheet.paragraph(MARGIN, y + 5.5, text.format(k=monthly.k), WIDTH, 9, INK) + 3.5
    return y


def moved(monthly: Monthly, said: Words) -> str:
    """The questions whose score changed, in a sentence; "" where there are none."""
    names = [f"{monthly.asked(code)} {signed(one.value)}" for code, one in monthly.glance.moved.items()]
    return said("moved_questions", names=said("and").join(names[:PER_PAGE])) if names else ""


def _heads(sheet: Sheet, y: float, heads: Sequence[str], columns: Sequence[float]) -> None:
    sheet.text(MARGIN, y, heads[0], 8, MUTED)
    for x, head in zip(columns, heads[1:], strict=True):
        sheet.text(x, y, head, 8, MUTED, "R")
    sheet.line((MARGIN, y + 5, MARGIN + WIDTH, y + 5))

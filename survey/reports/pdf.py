"""A monthly report as PDF: cover, overview, questions, comparison, a page for each region, method."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pylopdf_fonts_zh_cn as fonts

from survey.indexes.overview import Glance
from survey.indexes.ranking import Ranked
from survey.indexes.rules.measures import Answered
from survey.indexes.trend import Trend
from survey.statistics.control_charts import Period as Mark
from survey.statistics.intervals import Interval
from survey.tallies.queries.subjects import Subject

from . import comparing, details
from .charts import Box, Dot, Point, trend
from .monthly import Monthly, Section
from .sentences import listed, tiles, weighting
from .sheet import A4, ACCENT, INK, MARGIN, MUTED, TILE, WIDTH, Sheet
from .words import Words, month_of, number, words

FONT: Path = fonts.sans_path()
TOP = 34.0  # millimetres: where a page begins below its heading
UNDER_HEAD = 20  # rows of a dot plot that find room below a region's figures


class ReportPage(NamedTuple):
    """``points``: how many service points are done with it."""

    heading: str
    draw: Callable[[Sheet], object]
    points: int = 0


def pdf(monthly: Monthly, progress: Callable[[int], None] = lambda _points: None, font: Path = FONT) -> bytes:
    """The file. Tells ``progress`` how many service points were drawn."""
    said = words(monthly.language)
    title = f"{monthly.named(monthly.about)} · {said('title')} · {month_of(monthly.month, monthly.language)}"
    head = f"{title} · {said('by_customers')}" if monthly.is_weighted else title
    pages = list(_Book(monthly, said).pages())
    with Sheet(font, title, monthly.language) as sheet:
        sheet.sheet()
        _cover(sheet, monthly, said)
        for place, page in enumerate(pages, 2):
            sheet.sheet()
            sheet.text(MARGIN, 12, head, 8, MUTED, width=WIDTH)
            sheet.line((MARGIN, 17, MARGIN + WIDTH, 17))
            sheet.text(MARGIN, 21, page.heading, 17, INK, strong=True, width=WIDTH)
            count = said("page", page=place, pages=len(pages) + 1)
            sheet.text(MARGIN + WIDTH, A4[1] - 12, count, 8, MUTED, "R")
            page.draw(sheet)
            progress(page.points)
        return sheet.finish()


def _cover(sheet: Sheet, monthly: Monthly, said: Words) -> None:
    sheet.fill(0, 0, A4[0], 8, ACCENT)
    sheet.text(MARGIN, 60, monthly.title, 13, MUTED, width=WIDTH)
    sheet.text(MARGIN, 70, said("title"), 34, INK, strong=True)
    y = sheet.paragraph(MARGIN, 92, monthly.named(monthly.about), WIDTH, 22, ACCENT)
    sheet.text(MARGIN, y + 3, month_of(monthly.month, monthly.language), 16, INK)
    if not monthly.glance.now.n:
        sheet.paragraph(MARGIN, 160, said("nothing"), WIDTH, 14, MUTED)
    elif monthly.glance.now.index.value is not None:
        sheet.text(MARGIN, 152, number(monthly.glance.now.index.value), 64, ACCENT, strong=True)
        first = tiles(monthly.glance, said)[0]
        for i, note in enumerate([first.label, *first.notes]):
            sheet.text(MARGIN, 182 + 6 * i, note, 11 if i == 0 else 10, INK if i == 0 else MUTED)
    if told := weighting(monthly.weights, said):
        sheet.paragraph(MARGIN, 205, told, WIDTH, 11, INK)
    sheet.line((MARGIN, 262, MARGIN + WIDTH, 262))
    sheet.text(MARGIN, 266, said("made", day=monthly.made.isoformat()), 9, MUTED)
    sheet.paragraph(MARGIN, 271, said("confidential", k=monthly.k), WIDTH, 9, MUTED)


class _Book:
    """The pages after the cover."""

    def __init__(self, monthly: Monthly, said: Words) -> None:
        self.monthly, self.said = monthly, said
        every = [one for ranking in (monthly.points, monthly.regions) if ranking for one in ranking.ranked]
        self.every = comparing.dots(monthly, every)

    def pages(self) -> Iterator[ReportPage]:
        monthly, said = self.monthly, self.said
        yield ReportPage(said("overview"), self._overview)
        if monthly.glance.now.n:
            *before, last = details.parts(monthly.glance.now.questions) or [[]]
            for part in before:
                yield ReportPage(said("questions"), lambda sheet, part=part: self._questions(sheet, part))
            yield ReportPage(said("questions"), lambda sheet: self._last_questions(sheet, last))
        if monthly.drivers.drivers and not self._has_room_for_drivers:
            yield ReportPage(said("drivers"), lambda sheet: details.drivers(sheet, TOP, monthly, said))
        if monthly.regions and not self._has_room_for_regions:
            yield from self._compared(said("regions"), monthly.regions.ranked, monthly.regions.few)
        if monthly.points and not monthly.sections:
            yield from self._compared(said("points"), monthly.points.ranked, monthly.points.few)
        for section in monthly.sections:
            yield from self._section(section)
        yield ReportPage(said("method"), lambda sheet: details.method(sheet, TOP, monthly, said))

    def _overview(self, sheet: Sheet) -> None:
        monthly, said = self.monthly, self.said
        if not monthly.glance.now.n:
            sheet.paragraph(MARGIN, TOP, said("nothing"), WIDTH, 11, MUTED)
            return
        y = self._head(sheet, TOP, monthly.glance, monthly.trend)
        for text in [weighting(monthly.weights, said), details.moved(monthly, said), *self._findings()]:
            y = sheet.paragraph(MARGIN, y, text, WIDTH) + 1.5 if text else y
        sheet.text(MARGIN, y + 3, said("dimensions"), 12, INK, strong=True)
        y = details.dimensions(sheet, y + 11, monthly, said)
        if monthly.regions and self._has_room_for_regions:
            sheet.text(MARGIN, y + 2, said("regions"), 12, INK, strong=True)
            self._plot(sheet, y + 10, comparing.dots(monthly, monthly.regions.ranked), monthly.regions.few)

    @property
    def _has_room_for_regions(self) -> bool:
        """Below the overview."""
        regions, dimensions = self.monthly.regions, self.monthly.glance.now.dimensions
        return not regions or (self.monthly.glance.now.n > 0 and len(regions.ranked) + len(dimensions) <= 11)

    @property
    def _has_room_for_drivers(self) -> bool:
        """Below the last questions."""
        asked = len(self.monthly.glance.now.questions) % details.PER_PAGE
        return asked + len(self.monthly.drivers.drivers) <= 22

    def _findings(self) -> list[str]:
        points = self.monthly.points
        return comparing.findings(self.monthly, points, self.said) if points else []

    def _head(self, sheet: Sheet, y: float, glance: Glance, months: Trend) -> float:
        """The figures of a place and how they went; returns where that ends."""
        found = tiles(glance, self.said)
        wide = (WIDTH - 5 * (len(found) - 1)) / len(found)
        for i, tile in enumerate(found):
            sheet.tile(MARGIN + i * (wide + 5), y, wide, tile.label, tile.value, tile.notes)
        sheet.text(MARGIN, y + TILE + 4, self.said("trend"), 12, INK, strong=True)
        points = _points(months)
        limits = [end for point in points if point.interval for end in point.interval]
        values = [point.value for point in points if point.value is not None]
        low = comparing.scale_from([*limits, *values, 100.0])
        y = trend(sheet, Box(MARGIN, y + TILE + 13, WIDTH), points, low, 100.0, months.index.centre)
        y = sheet.paragraph(MARGIN, y, self.said("trend_note"), WIDTH, 8, MUTED)
        beyond = [f"{months.months[i]:%Y-%m}" for i in months.index.signals]
        told = self.said("signal", months=self.said("and").join(beyond)) if beyond else None
        return sheet.paragraph(MARGIN, y + 1, told or self.said("no_signal"), WIDTH) + 3

    def _questions(self, sheet: Sheet, part: Sequence[Answered]) -> float:
        y = details.questions(sheet, TOP, self.monthly, self.said, part)
        return details.promoters(sheet, y + 3, self.monthly, self.said)

    def _last_questions(self, sheet: Sheet, part: Sequence[Answered]) -> None:
        y = self._questions(sheet, part)
        if self.monthly.drivers.drivers and self._has_room_for_drivers:
            sheet.text(MARGIN, y + 8, self.said("drivers"), 17, INK, strong=True)
            details.drivers(sheet, y + 21, self.monthly, self.said)

    def _compared(
        self, heading: str, ranked: Sequence[Ranked], few: Sequence[Subject]
    ) -> Iterator[ReportPage]:
        rows = comparing.dots(self.monthly, ranked)
        pages = comparing.parts(rows) or [[]]
        for i, part in enumerate(pages):
            last = i == len(pages) - 1

            def draw(sheet: Sheet, part: Sequence[Dot] = part, last: bool = last) -> None:
                self._plot(sheet, TOP, part, few if last else ())

            yield ReportPage(heading, draw, len(ranked) + len(few) if last else 0)

    def _section(self, section: Section) -> Iterator[ReportPage]:
        if section.about is None or section.glance is None or section.trend is None:
            yield from self._compared(self.said("others"), section.ranked, section.few)
            return
        heading, glance, months = self.monthly.named(section.about), section.glance, section.trend
        rows = comparing.dots(self.monthly, section.ranked)
        first, *others = comparing.parts(rows, UNDER_HEAD) or [[]]

        def draw(sheet: Sheet) -> None:
            y = self._head(sheet, TOP, glance, months) if glance.now.n else TOP
            self._plot(sheet, y + 2, first, () if others else section.few)

        yield ReportPage(heading, draw, len(section.ranked) + len(section.few))
        for i, part in enumerate(others, 1):
            few = section.few if i == len(others) else ()
            yield ReportPage(heading, lambda sheet, part=part, few=few: self._plot(sheet, TOP, part, few))

    def _plot(self, sheet: Sheet, y: float, rows: Sequence[Dot], few: Sequence[Subject]) -> None:
        points = self.monthly.points
        middle = points.field.between.mean if points and points.field.between else None
        if rows:
            y = comparing.compared(sheet, y, self.said, rows, self.every, middle) + 2
        if few:
            names = listed([self.monthly.named(one) for one in few], self.said)
            sheet.paragraph(MARGIN, y, self.said("few_places", names=names), WIDTH)


def _points(months: Trend) -> list[Point]:
    marks = months.index.marks or [None] * len(months.months)
    return [
        Point(f"{start:%Y-%m}", value, _limits(mark), n, bool(mark and mark.signal))
        for start, value, n, mark in zip(
            months.months, months.index.values, months.numbers, marks, strict=True
        )
    ]


def _limits(mark: Mark | None) -> Interval | None:
    if mark is None or mark.low is None or mark.high is None:
        return None
    return Interval(mark.low, mark.high)

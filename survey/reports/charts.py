"""Charts of a report, drawn with lines and dots: they print, and stay sharp at any size."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from survey.statistics.intervals import Interval

from .sheet import ACCENT, INK, MUTED, RULE, SOFT, WARM, Sheet
from .words import number

ROW = 5.5  # millimetres of a row of a dot plot
TREND = 54.0  # of a trend
SHADES = ((176, 74, 24), (222, 165, 130), (216, 222, 221), (120, 175, 170), (11, 100, 98))


@dataclass(frozen=True)
class Dot:
    """A row of a dot plot. ``notes`` stand at its right, in columns; ``marked``: it is drawn in another
    colour."""

    name: str
    value: float | None
    interval: Interval | None
    notes: Sequence[str]
    marked: bool = False


@dataclass(frozen=True)
class Point:
    """A month of a trend. ``marked``: beyond the limits."""

    label: str
    value: float | None
    interval: Interval | None
    n: int
    marked: bool = False


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float


def dot_plot(
    sheet: Sheet,
    box: Box,
    rows: Sequence[Dot],
    heads: Sequence[str],
    low: float,
    high: float,
    middle: float | None = None,
    columns: float = 18.0,
) -> float:
    """The rows on one scale, each with its interval; a dashed line at ``middle``. Returns where it ends."""
    name, right = 46.0, columns * len(heads)
    left, width = box.x + name + 2, box.width - name - right - 6
    for i, head in enumerate(heads):
        at = box.x + box.width - right + columns * (i + 1)
        sheet.text(at, box.y, head, 7.5, MUTED, "R", width=columns - 1)
    top, bottom = box.y + 5, box.y + 5 + ROW * len(rows)
    for tick in (low, (low + high) / 2, high):
        x = left + _along(tick, low, high) * width
        sheet.text(x, box.y, number(tick, 0), 7.5, MUTED, "C")
        sheet.line((x, top, x, bottom))
    if middle is not None:
        x = left + _along(middle, low, high) * width
        sheet.line((x, top, x, bottom), ACCENT, 0.3, dash=1)
    for i, row in enumerate(rows):
        y = top + ROW * i
        colour = WARM if row.marked else ACCENT
        sheet.text(box.x, y + 1.0, row.name, 8.5, INK, width=name)
        if row.interval:
            ends = [left + _along(end, low, high) * width for end in row.interval]
            sheet.line((ends[0], y + ROW / 2, ends[1], y + ROW / 2), colour, 0.9)
        if row.value is not None:
            sheet.dot(left + _along(row.value, low, high) * width, y + ROW / 2, 1.1, colour)
        for j, note in enumerate(row.notes):
            at = box.x + box.width - right + columns * (j + 1)
            sheet.text(at, y + 1.1, note, 8, INK, "R", width=columns - 1)
    return bottom


def trend(
    sheet: Sheet, box: Box, points: Sequence[Point], low: float, high: float, middle: float | None
) -> float:
    """Month by month, with its limits, and the number of answers below. Returns where it ends."""
    width, height = box.width - 12, TREND - 20

    def place(value: float) -> float:
        return box.y + (1 - _along(value, low, high)) * height

    for tick in (low, (low + high) / 2, high):
        sheet.line((box.x, place(tick), box.x + width, place(tick)))
        sheet.text(box.x + box.width, place(tick) - 1.6, number(tick, 0), 7.5, MUTED, "R")
    gap = width / max(1, len(points))
    middles = [box.x + gap * (i + 0.5) for i in range(len(points))]
    _bars(sheet, points, middles, gap, box.y + height + 12)
    for x, point in zip(middles, points, strict=True):
        if point.interval:
            sheet.line((x, place(point.interval.low), x, place(point.interval.high)), RULE, 1.6)
    if middle is not None:
        sheet.line((box.x, place(middle), box.x + width, place(middle)), ACCENT, 0.25, dash=1)
    seen = [(x, place(p.value), p) for x, p in zip(middles, points, strict=True) if p.value is not None]
    for one, other in pairwise(seen):
        if other[0] - one[0] < 1.5 * gap:  # no line over a month without a figure
            sheet.line((*one[:2], *other[:2]), ACCENT, 0.4)
    for x, y, point in seen:
        sheet.dot(x, y, 1.0, WARM if point.marked else ACCENT)
    if seen:
        x, y, last = seen[-1]
        above = min(y, place(last.interval.high)) if last.interval else y
        sheet.text(x, above - 4.8, number(last.value), 8.5, ACCENT, "C")
    return box.y + TREND


def _bars(sheet: Sheet, points: Sequence[Point], middles: Sequence[float], gap: float, foot: float) -> None:
    most = max((point.n for point in points), default=0)
    for x, point in zip(middles, points, strict=True):
        tall = 9 * point.n / most if most else 0.0
        sheet.fill(x - gap * 0.3, foot - tall, gap * 0.6, tall, SOFT)
        sheet.text(x, foot + 1, point.label, 6.5, MUTED, "C")


def shares(sheet: Sheet, box: Box, counts: Sequence[int], best_first: bool) -> None:
    """How many gave each answer, the worst at the left, as one bar."""
    total = sum(counts)
    if not total:
        return
    x = box.x
    in_order = list(reversed(counts)) if best_first else list(counts)
    for i, count in enumerate(in_order):
        wide = box.width * count / total
        sheet.fill(x, box.y, wide, 3.4, shade(i, len(in_order)))
        x += wide


def shade(place: int, number_of: int) -> tuple[int, int, int]:
    """The colour of an answer, 0 the worst."""
    along = place / max(1, number_of - 1) * (len(SHADES) - 1)
    first = min(int(along), len(SHADES) - 2)
    rest = along - first
    one, other = SHADES[first], SHADES[first + 1]
    red, green, blue = (round(a + (b - a) * rest) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _along(value: float, low: float, high: float) -> float:
    return (min(high, max(low, value)) - low) / (high - low)

"""A report as the charts' macros want it."""

from collections.abc import Callable
from dataclasses import dataclass

from survey.indexes.queries.subjects import Subject
from survey.indexes.report import Report


@dataclass(frozen=True)
class Row:
    """A row of the dot plot."""

    name: str
    url: str
    value: float | None
    n: int


@dataclass(frozen=True)
class Point:
    """A month of a trend."""

    label: str
    value: float | None
    n: int


def ranking(report: Report, locale: str, address: Callable[[Subject], str]) -> list[Row]:
    """The listed by their index."""
    return [Row(one.named(locale), address(one), figures.index, figures.n) for one, figures in report.ranked]


def index_trend(report: Report) -> list[Point]:
    return [Point(f"{start:%Y-%m}", figures.index, figures.n) for start, figures in report.monthly]


def nps_trend(report: Report) -> list[Point]:
    """Empty when nobody was asked how likely she is to recommend us."""
    return [
        Point(f"{start:%Y-%m}", figures.nps.score, figures.n)
        for start, figures in report.monthly
        if figures.nps is not None
    ]

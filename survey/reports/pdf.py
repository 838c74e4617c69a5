"""A monthly report as PDF: cover, overview, questions, comparison, a page for each region, method.

This module turns the figures into texts; layouts/monthly.typ places them on the pages.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from survey.indexes.overview import Glance
from survey.indexes.ranking import Ranked
from survey.indexes.trend import Trend
from survey.tallies.queries.subjects import Subject

from . import comparing, details
from .monthly import MonthlyReport
from .sentences import join_names, tiles, weighting_text
from .typesetting import typeset
from .words import Words, load_words, month_name

Values = dict[str, Any]


def pdf(monthly: MonthlyReport, progress: Callable[[int], None] = lambda _points: None) -> bytes:
    """Return the PDF file. Calls ``progress`` at the end with the number of service points in it."""
    data = typeset("monthly", report_values(monthly))
    progress(len(monthly.points.ranked) + len(monthly.points.few) if monthly.points else 0)
    return data


def report_values(monthly: MonthlyReport) -> Values:
    """Return the values of layouts/monthly.typ."""
    words = load_words(monthly.language)
    shown = monthly.glance.now.n > 0
    return {
        "words": words.plain,
        "language": monthly.language,
        **_cover(monthly, words),
        "place": _place_values(monthly.glance, monthly.trend, words) if shown else None,
        "findings": [text for text in _findings(monthly, words) if text],
        "dimensions": details.dimensions(monthly, words),
        "regions": _comparison(monthly.regions.ranked, monthly.regions.few, monthly, words)
        if monthly.regions
        else None,
        "questions": details.questions(monthly, words),
        "promoters": details.promoters(monthly, words),
        "drivers": details.drivers(monthly, words),
        "scale": comparing.scale(monthly),
        "sections": list(_sections(monthly, words)),
        "explained": [(name, text.format(k=monthly.k)) for name, text in words.explained],
    }


def _cover(monthly: MonthlyReport, words: Words) -> Values:
    place, month = monthly.name_of(monthly.about), month_name(monthly.month, monthly.language)
    title = f"{place} · {words('title')} · {month}"
    return {
        "title": title,
        "head": f"{title} · {words('by_customers')}" if monthly.is_weighted else title,
        "questionnaire": monthly.title,
        "about": place,
        "month": month,
        "figure": asdict(tiles(monthly.glance, words)[0]) if monthly.glance.now.n else None,
        "weighting": weighting_text(monthly.weights, words),
        "made": words("made", day=monthly.made.isoformat()),
        "confidential": words("confidential", k=monthly.k),
    }


def _findings(monthly: MonthlyReport, words: Words) -> list[str | None]:
    sentences = [weighting_text(monthly.weights, words), details.changed_questions(monthly, words)]
    return [*sentences, *(comparing.findings(monthly, monthly.points, words) if monthly.points else ())]


def _place_values(glance: Glance, trend: Trend, words: Words) -> Values:
    """Return the figures of a place and their trend."""
    points = comparing.month_points(trend)
    limits = [end for point in points if point.interval for end in point.interval]
    beyond = [f"{trend.months[i]:%Y-%m}" for i in trend.index.signals]
    return {
        "tiles": [asdict(tile) for tile in tiles(glance, words)],
        "points": [asdict(point) for point in points],
        "low": comparing.scale_from(
            [*limits, *(point.value for point in points if point.value is not None), 100.0]
        ),
        "middle": trend.index.centre,
        "signal": words("signal", months=words("and").join(beyond)) if beyond else words("no_signal"),
    }


def _sections(monthly: MonthlyReport, words: Words) -> Iterator[Values]:
    """Yield the heading, figures and comparison of each page: a page for each region, or a single page of all
    service points where there are no regions."""
    if monthly.points and not monthly.sections:
        compared = _comparison(monthly.points.ranked, monthly.points.few, monthly, words)
        yield {"name": words("points"), "place": None, "compared": compared}
    for section in monthly.sections:
        heading, place = words("others"), None
        if section.about is not None and section.glance is not None and section.trend is not None:
            heading = monthly.name_of(section.about)
            place = _place_values(section.glance, section.trend, words) if section.glance.now.n else None
        yield {
            "name": heading,
            "place": place,
            "compared": _comparison(section.ranked, section.few, monthly, words),
        }


def _comparison(
    ranked: Sequence[Ranked], few: Sequence[Subject], monthly: MonthlyReport, words: Words
) -> Values:
    names = join_names([monthly.name_of(subject) for subject in few], words)
    return {
        "rows": [asdict(row) for row in comparing.dot_rows(monthly, ranked)],
        "few": words("few_places", names=names) if few else None,
    }

"""A monthly report as PDF: cover, overview, questions, comparison, a page for each region, method.

Here are the figures as they are said; layouts/monthly.typ says where they stand.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from survey.indexes.overview import Glance
from survey.indexes.ranking import Ranked
from survey.indexes.trend import Trend
from survey.tallies.queries.subjects import Subject

from . import comparing, details
from .monthly import Monthly
from .sentences import listed, tiles, weighting
from .typesetting import typeset
from .words import Words, month_of, words

Values = dict[str, Any]


def pdf(monthly: Monthly, progress: Callable[[int], None] = lambda _points: None) -> bytes:
    """Return the file. Tells ``progress`` how many service points are in it."""
    made = typeset("monthly", values(monthly))
    progress(len(monthly.points.ranked) + len(monthly.points.few) if monthly.points else 0)
    return made


def values(monthly: Monthly) -> Values:
    """Return what layouts/monthly.typ shows."""
    said = words(monthly.language)
    shown = monthly.glance.now.n > 0
    return {
        "said": said.plain,
        "language": monthly.language,
        **_cover(monthly, said),
        "place": _place(monthly.glance, monthly.trend, said) if shown else None,
        "findings": [text for text in _findings(monthly, said) if text],
        "dimensions": details.dimensions(monthly, said),
        "regions": _compared(monthly.regions.ranked, monthly.regions.few, monthly, said)
        if monthly.regions
        else None,
        "questions": details.questions(monthly, said),
        "promoters": details.promoters(monthly, said),
        "drivers": details.drivers(monthly, said),
        "scale": comparing.scale(monthly),
        "sections": list(_sections(monthly, said)),
        "explained": [(name, text.format(k=monthly.k)) for name, text in said.explained],
    }


def _cover(monthly: Monthly, said: Words) -> Values:
    place, month = monthly.named(monthly.about), month_of(monthly.month, monthly.language)
    title = f"{place} · {said('title')} · {month}"
    return {
        "title": title,
        "head": f"{title} · {said('by_customers')}" if monthly.is_weighted else title,
        "questionnaire": monthly.title,
        "about": place,
        "month": month,
        "figure": asdict(tiles(monthly.glance, said)[0]) if monthly.glance.now.n else None,
        "weighting": weighting(monthly.weights, said),
        "made": said("made", day=monthly.made.isoformat()),
        "confidential": said("confidential", k=monthly.k),
    }


def _findings(monthly: Monthly, said: Words) -> list[str | None]:
    found = [weighting(monthly.weights, said), details.moved(monthly, said)]
    return [*found, *(comparing.findings(monthly, monthly.points, said) if monthly.points else ())]


def _place(glance: Glance, months: Trend, said: Words) -> Values:
    """Return the figures of a place and how they went."""
    points = comparing.points(months)
    limits = [end for point in points if point.interval for end in point.interval]
    beyond = [f"{months.months[i]:%Y-%m}" for i in months.index.signals]
    return {
        "tiles": [asdict(tile) for tile in tiles(glance, said)],
        "points": [asdict(point) for point in points],
        "low": comparing.scale_from(
            [*limits, *(point.value for point in points if point.value is not None), 100.0]
        ),
        "middle": months.index.centre,
        "signal": said("signal", months=said("and").join(beyond)) if beyond else said("no_signal"),
    }


def _sections(monthly: Monthly, said: Words) -> Iterator[Values]:
    """Yield each page's heading, figures and comparison: a region each, or all service points."""
    if monthly.points and not monthly.sections:
        compared = _compared(monthly.points.ranked, monthly.points.few, monthly, said)
        yield {"name": said("points"), "place": None, "compared": compared}
    for section in monthly.sections:
        named, place = said("others"), None
        if section.about is not None and section.glance is not None and section.trend is not None:
            named = monthly.named(section.about)
            place = _place(section.glance, section.trend, said) if section.glance.now.n else None
        yield {
            "name": named,
            "place": place,
            "compared": _compared(section.ranked, section.few, monthly, said),
        }


def _compared(ranked: Sequence[Ranked], few: Sequence[Subject], monthly: Monthly, said: Words) -> Values:
    names = listed([monthly.named(one) for one in few], said)
    return {
        "rows": [asdict(row) for row in comparing.dots(monthly, ranked)],
        "few": said("few_places", names=names) if few else None,
    }

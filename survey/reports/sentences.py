"""Figures in the sentences and tiles of a report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.indexes.overview import Glance
from survey.indexes.rules.figure_names import INDEX, NPS, SATISFIED
from survey.statistics.changes import Change
from survey.statistics.intervals import Interval
from survey.weighting.representativeness import Representativeness

from .words import Words, number, signed_number

MOST_NAMES = 8  # names in a sentence


@dataclass(frozen=True)
class Tile:
    """A figure with its name above it and notes below it."""

    label: str
    value: str
    notes: Sequence[str]


def tiles(glance: Glance, words: Words) -> list[Tile]:
    """Return tiles of the main figures of a place, without those that its questionnaire does not ask for."""
    now = glance.now
    figure_tiles = [_tile(words, "index", "of_100", now.index.value, now.index.interval(), glance, INDEX)]
    if now.promoters:
        value, interval = now.promoters.estimate.value, now.promoters.interval()
        figure_tiles.append(_tile(words, "nps", "nps_of", value, interval, glance, NPS))
    if now.satisfied:
        share = now.satisfied
        figure_tiles.append(
            _tile(words, "satisfied", "share_of", share.percent, share.interval(), glance, SATISFIED, "%")
        )
    earlier = words("earlier_n", n=f"{glance.earlier.n:,}")
    figure_tiles.append(Tile(words("answers"), f"{now.n:,}", [words("in_month"), earlier]))
    return figure_tiles


def _tile(
    words: Words,
    name: str,
    scale: str,
    value: float | None,
    interval: Interval | None,
    glance: Glance,
    key: str,
    unit: str = "",
) -> Tile:
    if value is None:
        return Tile(words(name), words("few"), [])
    notes = []
    if interval:
        notes.append(words(scale, low=number(interval.low), high=number(interval.high)))
    notes.append(verdict_text(glance.changes[key], words))
    return Tile(words(name), number(value) + unit, notes)


def weighting_text(weights: Representativeness | None, words: Words) -> str | None:
    """Return a sentence on the weights and their cost in precision; None where figures are not weighted."""
    if weights is None:
        return None
    if weights.contradicted or not weights.design_effect:
        return words("not_weighted")
    return words(
        "weighted",
        month=f"{weights.since:%Y-%m}",
        n=f"{weights.n:,}",
        effective=number(weights.effective_n, 0),
        effect=number(weights.design_effect, 2),
    )


def verdict_text(change: Change, words: Words) -> str:
    """Return the size of a change and its verdict."""
    if change.value is None:
        return words(change.verdict)
    return f"{words('change', value=signed_number(change.value))}{words('comma')}{words(change.verdict)}"


def interval_text(interval: Interval | None) -> str:
    return f"{number(interval.low)} – {number(interval.high)}" if interval else "–"


def join_names(names: Iterable[str], words: Words) -> str:
    """Return the first MOST_NAMES names, with the number of all where there are more."""
    all_names = list(names)
    text = words("and").join(all_names[:MOST_NAMES])
    return text if len(all_names) <= MOST_NAMES else words("and_more", names=text, number=len(all_names))

"""Figures as a report says them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.indexes.overview import Glance
from survey.indexes.rules.figure_names import INDEX, NPS, SATISFIED
from survey.statistics.changes import Change
from survey.statistics.intervals import Interval
from survey.weighting.representativeness import Representativeness

from .words import Words, number, signed

NAMED = 8  # names in a sentence


@dataclass(frozen=True)
class Tile:
    """A figure with its name above and small print below."""

    label: str
    value: str
    notes: Sequence[str]


def tiles(glance: Glance, said: Words) -> list[Tile]:
    """The figures of a place at a glance; those that it has."""
    now = glance.now
    found = [_tile(said, "index", "of_100", now.index.value, _cut(now.index.interval()), glance, INDEX)]
    if now.promoters:
        value, interval = now.promoters.estimate.value, now.promoters.interval()
        found.append(_tile(said, "nps", "nps_of", value, interval, glance, NPS))
    if now.satisfied:
        share = now.satisfied
        found.append(
            _tile(said, "satisfied", "share_of", share.percent, share.interval(), glance, SATISFIED, "%")
        )
    earlier = said("earlier_n", n=f"{glance.earlier.n:,}")
    found.append(Tile(said("answers"), f"{now.n:,}", [said("in_month"), earlier]))
    return found


def _tile(
    said: Words,
    name: str,
    scale: str,
    value: float | None,
    interval: Interval | None,
    glance: Glance,
    key: str,
    unit: str = "",
) -> Tile:
    if value is None:
        return Tile(said(name), said("few"), [])
    notes = []
    if interval:
        notes.append(said(scale, low=number(interval.low), high=number(interval.high)))
    notes.append(verdict(glance.changes[key], said))
    return Tile(said(name), number(value) + unit, notes)


def weighting(weights: Representativeness | None, said: Words) -> str | None:
    """That figures are weighted, by what, and what it costs; None where they are not."""
    if weights is None:
        return None
    if weights.contradicted or not weights.design_effect:
        return said("not_weighted")
    return said(
        "weighted",
        month=f"{weights.since:%Y-%m}",
        n=f"{weights.n:,}",
        effective=number(weights.effective_n, 0),
        effect=number(weights.design_effect, 2),
    )


def verdict(change: Change, said: Words) -> str:
    """What may be said of a change: by how much, and whether there is evidence of it."""
    if change.value is None:
        return said(change.verdict)
    return f"{said('change', value=signed(change.value))}{said('comma')}{said(change.verdict)}"


def between(interval: Interval | None) -> str:
    return f"{number(interval.low)} – {number(interval.high)}" if interval else "–"


def listed(names: Iterable[str], said: Words) -> str:
    """The first few names, and how many there are when these are not all."""
    every = list(names)
    text = said("and").join(every[:NAMED])
    return text if len(every) <= NAMED else said("and_more", names=text, number=len(every))


def _cut(interval: Interval | None) -> Interval | None:
    """An index has no values outside 0 to 100."""
    return Interval(max(0.0, interval.low), min(100.0, interval.high)) if interval else None

"""Targets: which one holds for a place, and how far it is attained."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from survey.indexes.rules.figure_names import DIMENSION, INDEX, NPS, SATISFIED, bounds

ALL_QUESTIONNAIRES = 0
FIGURES = (INDEX, NPS, SATISFIED)
LONGEST_FIGURE = 60


class Goal(NamedTuple):
    """``value`` in the unit of the figure; the place and questionnaire (0: all) for which it was set."""

    value: float
    place_id: int
    questionnaire_id: int


def goal(found: Mapping[tuple[int, int], float], way: Sequence[int], questionnaire_id: int) -> Goal | None:
    """Return the target of the last place of ``way`` (ids from the root): its own, else that of the nearest
    place above that has one; at one place that of the questionnaire goes before that of all. ``found``: what
    is set, by place and questionnaire. None where nothing is."""
    for place_id in reversed(way):
        for asked in (questionnaire_id, ALL_QUESTIONNAIRES):
            if (place_id, asked) in found:
                return Goal(found[place_id, asked], place_id, asked)
    return None


def attainment(actual: float | None, target: float | None) -> float | None:
    """Return the attainment rate actual ÷ target (R9, R13): 1 is the target met, more is above it. None
    without either, and for a target not above 0: an NPS of −5 for a target of −10 is better, and half of it;
    show the difference there."""
    if actual is None or target is None or target <= 0:
        return None
    return actual / target


def is_figure(name: str) -> bool:
    """Return whether a target can be set for the figure of this name."""
    return name in FIGURES or (name.startswith(DIMENSION) and len(DIMENSION) < len(name) <= LONGEST_FIGURE)


def is_possible(name: str, value: float) -> bool:
    """Return whether the figure can have this value."""
    low, high = bounds(name)
    return low <= value <= high

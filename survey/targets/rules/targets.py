"""The rules of targets: which is effective for a place, and its attainment."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from survey.indexes.rules.figure_names import DIMENSION, INDEX, NPS, SATISFIED, bounds

ALL_QUESTIONNAIRES = 0
FIGURES = (INDEX, NPS, SATISFIED)
LONGEST_FIGURE = 60  # characters of the name of a figure


class EffectiveTarget(NamedTuple):
    """A target with its ``value`` in the unit of the figure, and the place and questionnaire (0: all) for
    which it was set."""

    value: float
    place_id: int
    questionnaire_id: int


def effective_target(
    values: Mapping[tuple[int, int], float], ancestor_ids: Sequence[int], questionnaire_id: int
) -> EffectiveTarget | None:
    """Return the target of the last place of ``ancestor_ids`` (from the root): its own, else that of the
    nearest place above with a target. At the same place, the target of the questionnaire has priority over
    that of all questionnaires. ``values`` are the targets set, by place and questionnaire. None where none
    applies."""
    for place_id in reversed(ancestor_ids):
        for source_id in (questionnaire_id, ALL_QUESTIONNAIRES):
            if (place_id, source_id) in values:
                return EffectiveTarget(values[place_id, source_id], place_id, source_id)
    return None


def attainment(actual: float | None, target: float | None) -> float | None:
    """Return the attainment rate actual ÷ target (R9, R13): 1 is the target met, more is above it.

    None without either, and for a target that is not above 0: an NPS of −5 is better than a target of −10,
    but half of it.
    """
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

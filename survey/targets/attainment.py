"""The use case "review": a figure of a place held against its targets, month by month (R9, R13)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from survey import settings
from survey.indexes.rules.figure_names import INDEX, estimates, names
from survey.periods import Period, last_of_month, month
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires.models import Version
from survey.statistics.intervals import Estimate
from survey.statistics.ranks import below_target
from survey.tallies.reading import monthly_rows, pool_of
from survey.tallies.selection import Selection
from survey.tallies.subject_key import ALL_EMPLOYEES

from . import queries
from .rules.targets import ALL_QUESTIONNAIRES, Goal, attainment, goal, is_figure


@dataclass(frozen=True)
class Held:
    """A figure held against a target. ``attainment``: actual ÷ target, None where it has no meaning;
    ``below``: the probability, 0 to 1, that the true figure is below the target, None where unknown."""

    actual: Estimate
    target: float | None

    @property
    def attainment(self) -> float | None:
        return attainment(self.actual.value, self.target)

    @property
    def below(self) -> float | None:
        if self.actual.value is None or self.actual.standard_error is None or self.target is None:
            return None
        return below_target(self.actual.value, self.actual.standard_error, self.target)


@dataclass(frozen=True)
class Month(Held):
    """``goal``: where its target was set; None without one."""

    start: date
    goal: Goal | None


@dataclass(frozen=True)
class TargetReview:
    """``whole``: the figure over the months that have a target, held against the mean of their targets;
    without target when none has."""

    figure: str
    months: Sequence[Month]
    whole: Held


def figures_of(versions: Sequence[Version]) -> list[str]:
    """Return the figures of these versions (the newest first) that can have targets."""
    return [name for name in names(pool_of(versions)) if is_figure(name)]


def review(versions: Sequence[Version], period: Period, place: Place, figure: str = INDEX) -> TargetReview:
    """Return every month that the ``period``, which has an end, touches, each counted whole; ``versions`` of
    one questionnaire, the newest first. Reads one statement for the figures and one for the targets."""
    whole_months = Period(month(period.first), last_of_month(period.last))
    pool = pool_of(versions)
    least = settings.current().minimum_group
    rows = monthly_rows(pool, Selection(versions, whole_months), (place.id, ALL_EMPLOYEES))
    asked = versions[0].questionnaire_id if versions else ALL_QUESTIONNAIRES
    goals = _goals({place.id: place.ancestor_ids}, asked, figure, whole_months)
    months = [
        Month(actual, found.value if found else None, start, found)
        for start, actual in zip(whole_months.months(), estimates(pool, rows, figure, least), strict=True)
        for found in [goals.get((place.id, start))]
    ]
    with_target = np.array([one.goal is not None for one in months], bool)
    actual = estimates(pool, rows[with_target].sum(axis=0)[None, :], figure, least)[0]
    return TargetReview(figure, months, Held(actual, _mean([one.target for one in months])))


def goals(place_ids: Iterable[int], questionnaire_id: int, figure: str, period: Period) -> dict[int, float]:
    """Return the target of each of these places over a period (with an end): the mean of its months' targets,
    own or inherited. Places without any are left out. Two statements, however many places."""
    ways = places.ancestor_ids(place_ids)
    found = _goals(ways, questionnaire_id, figure, period)
    means = {
        place_id: _mean([one.value for start in period.months() if (one := found.get((place_id, start)))])
        for place_id in ways
    }
    return {place_id: value for place_id, value in means.items() if value is not None}


def _goals(
    ways: dict[int, tuple[int, ...]], questionnaire_id: int, figure: str, period: Period
) -> dict[tuple[int, date], Goal]:
    """Return the goals by place and month."""
    above = {place_id for way in ways.values() for place_id in way}
    stored = queries.of_places(above, questionnaire_id, figure, month(period.first), period.last)
    by_month: dict[date, dict[tuple[int, int], float]] = {}
    for key, value in stored.items():
        by_month.setdefault(key.month, {})[key.place_id, key.questionnaire_id] = value
    found = {
        (place_id, start): goal(values, way, questionnaire_id)
        for start, values in by_month.items()
        for place_id, way in ways.items()
    }
    return {at: one for at, one in found.items() if one}


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None

"""The use case "review": a figure of a place compared with its targets, month by month (R9, R13)."""

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
from survey.tallies.reading import monthly_rows, pool_of
from survey.tallies.selection import Selection
from survey.tallies.subject_key import ALL_EMPLOYEES

from . import queries
from .rules.targets import ALL_QUESTIONNAIRES, EffectiveTarget, attainment, effective_target, is_figure


@dataclass(frozen=True)
class FigureAttainment:
    """A figure compared with its ``target``, in the same unit; None without a target."""

    actual: Estimate
    target: float | None

    @property
    def attainment(self) -> float | None:
        """Return actual ÷ target; None where it has no meaning, see rules.targets.attainment()."""
        return attainment(self.actual.value, self.target)

    @property
    def below(self) -> float | None:
        """Return the probability, 0 to 1, that the true figure is below the target; None where unknown."""
        return None if self.target is None else self.actual.below(self.target)


@dataclass(frozen=True)
class MonthAttainment(FigureAttainment):
    """The attainment in the month that begins at ``start``. ``origin`` is the target with its place and
    questionnaire; None without a target."""

    start: date
    origin: EffectiveTarget | None


@dataclass(frozen=True)
class TargetReview:
    """The attainment of a figure by month. ``whole`` compares the figure over all months that have a target
    with the mean of their targets; it has no target where no month has."""

    figure: str
    months: Sequence[MonthAttainment]
    whole: FigureAttainment


def figures_with_targets(versions: Sequence[Version]) -> list[str]:
    """Return the figures of these versions (the newest first) that can have targets."""
    return [name for name in names(pool_of(versions)) if is_figure(name)]


def review(versions: Sequence[Version], period: Period, place: Place, figure: str = INDEX) -> TargetReview:
    """Return the attainment of every whole month that overlaps the ``period``, which has an end; ``versions``
    are those of a single questionnaire, the newest first. A statement reads the figures and another the
    targets."""
    whole_months = Period(month(period.first), last_of_month(period.last))
    pool = pool_of(versions)
    least = settings.current().minimum_group
    rows = monthly_rows(pool, Selection(versions, whole_months), (place.id, ALL_EMPLOYEES))
    questionnaire_id = versions[0].questionnaire_id if versions else ALL_QUESTIONNAIRES
    targets = _targets_by_month({place.id: place.ancestor_ids}, questionnaire_id, figure, whole_months)
    months = [
        MonthAttainment(actual, target.value if target else None, start, target)
        for start, actual in zip(whole_months.months(), estimates(pool, rows, figure, least), strict=True)
        for target in [targets.get((place.id, start))]
    ]
    with_target = np.array([month_attainment.origin is not None for month_attainment in months], bool)
    actual = estimates(pool, rows[with_target].sum(axis=0)[None, :], figure, least)[0]
    return TargetReview(
        figure,
        months,
        FigureAttainment(actual, _mean([month_attainment.target for month_attainment in months])),
    )


def mean_targets(
    place_ids: Iterable[int], questionnaire_id: int, figure: str, period: Period
) -> dict[int, float]:
    """Return the target of each of these places over a period (with an end): the mean of its months' targets,
    own or inherited. Places without a target are left out. Two statements read any number of places."""
    ancestors = places.ancestor_ids(place_ids)
    targets = _targets_by_month(ancestors, questionnaire_id, figure, period)
    means = {
        place_id: _mean(
            [target.value for start in period.months() if (target := targets.get((place_id, start)))]
        )
        for place_id in ancestors
    }
    return {place_id: value for place_id, value in means.items() if value is not None}


def _targets_by_month(
    ancestors: dict[int, tuple[int, ...]], questionnaire_id: int, figure: str, period: Period
) -> dict[tuple[int, date], EffectiveTarget]:
    """Return the effective targets by place and month. ``ancestors`` has the ids of each place and of the
    places above it, from the root."""
    all_ancestor_ids = {place_id for ancestor_ids in ancestors.values() for place_id in ancestor_ids}
    stored = queries.of_places(all_ancestor_ids, questionnaire_id, figure, month(period.first), period.last)
    by_month: dict[date, dict[tuple[int, int], float]] = {}
    for key, value in stored.items():
        by_month.setdefault(key.month, {})[key.place_id, key.questionnaire_id] = value
    targets = {
        (place_id, start): effective_target(values, ancestor_ids, questionnaire_id)
        for start, values in by_month.items()
        for place_id, ancestor_ids in ancestors.items()
    }
    return {key: target for key, target in targets.items() if target}


def _mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that are not None; None where all are."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None

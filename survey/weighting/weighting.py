"""The use case "weigh": released figures as if each service point and segment had answered in proportion to
its known customers.

Weights come from what is tallied and the totals in force, never from responses: the strata are the service
points, and the channels and languages of parts (rules/parts.py). They are made once for all of the company,
in the period that is asked for; a region, a service point or a filter is looked at with these.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

import numpy as np

from survey import settings
from survey.periods import Period, Span, month
from survey.questionnaires.models import Version
from survey.tallies.models import ALL_EMPLOYEES
from survey.tallies.queries import subjects, tallies
from survey.tallies.queries.tallies import Target
from survey.tallies.reading import totals
from survey.tallies.rules.cells import Rows
from survey.tallies.rules.parts import EVERYBODY, Common
from survey.tallies.rules.pooling import Pool

from .population_totals import Scheme
from .rules.effective_counts import Weighed, effective, told, weighed
from .rules.margins import Raked
from .strata import Bucket, Months, Of, Strata, grouped
from .weights import Raking


@dataclass
class Weighing:
    """Weights by a scheme, remembered while a page is made. Where the totals contradict the answers of a
    period or month, there are none, and these count as they are."""

    scheme: Scheme
    _read: dict[Any, Strata] = field(default_factory=dict)
    _months: dict[Any, Months] = field(default_factory=dict)

    def sums(
        self,
        pool: Pool,
        versions: Sequence[Version],
        period: Period,
        targets: Sequence[Target],
        only: Common = EVERYBODY,
    ) -> list[Weighed]:
        """Of each of these places and employees, in their order; as reading.totals()."""
        found = self._sums(pool, versions, period, targets, only, _whole)
        return [found[target, None] for target in targets]

    def monthly(
        self,
        pool: Pool,
        versions: Sequence[Version],
        period: Period,
        about: Target,
        only: Common = EVERYBODY,
    ) -> list[Weighed]:
        """Of each month of the period, by the weights of that month."""
        found = self._sums(pool, versions, period, [about], only, month)
        nobody = _nobody(pool)
        return [found.get((about, start), nobody) for start in period.months()]

    def raked(self, versions: Sequence[Version], period: Period, care: str) -> Raked | None:
        """The weights of all answers of a period, of those with this ``care``; None where there are none, or
        the totals contradict them."""
        return self._raking.weights(versions, period, care, _whole).get(None)

    def months_as_answered(self) -> int:
        """Of how many months that were looked at the totals contradict the answers."""
        return self._raking.months_contradicted()

    def _sums(
        self,
        pool: Pool,
        versions: Sequence[Version],
        period: Period,
        targets: Sequence[Target],
        only: Common,
        of: Of,
    ) -> dict[tuple[Target, Bucket], Weighed]:
        nobody = _nobody(pool)
        found = {(target, None): nobody for target in targets}
        if not versions or not period.spans():
            return found
        inside = self._inside
        below = {
            target: [target] if target[1] != ALL_EMPLOYEES else inside.get(target[0], [])
            for target in targets
        }
        wanted = tuple(sorted({one for those in below.values() for one in those}))
        strata = self._strata(pool, versions, period, wanted, only, of)
        for target, those in below.items():
            for bucket in strata.buckets:
                lines = strata.lines(those, bucket)
                if lines:
                    at = _at(lines)
                    found[target, bucket] = weighed(strata.rows[at], strata.weights[at])
        return found

    def _strata(
        self,
        pool: Pool,
        versions: Sequence[Version],
        period: Period,
        wanted: tuple[Target, ...],
        only: Common,
        of: Of,
    ) -> Strata:
        """Read once: a page asks several times for the same."""
        asked = tuple(asked.code for asked in pool.questions)
        about = (asked, tuple(_ids(versions)), wanted, only)
        key = (about, period, of)
        if key not in self._read:
            if about not in self._months:
                self._months[about] = Months(pool, partial(self._stored, versions, wanted, only))
            keys, rows = grouped(self._months[about].of(period), of)
            if only == Common("", "", only.care) and wanted == self._everywhere:
                held = zip(keys, rows[:, 0].tolist(), strict=True)
                self._raking.count(versions, period, only.care, of, held)
            weights = self._raking.weights(versions, period, only.care, of)
            each = np.array(self._raking.each(keys, weights), float)
            told_rows = told(pool, rows, settings.current().minimum_group)
            self._read[key] = Strata(wanted, keys, told_rows, each)
        return self._read[key]

    def _stored(
        self, versions: Sequence[Version], wanted: Sequence[Target], only: Common, spans: Sequence[Span]
    ) -> Iterable[Any]:
        targets = None if wanted == self._everywhere else wanted
        return tallies.in_parts(targets, _ids(versions), spans, self._raking.part_ids(only))

    @cached_property
    def _raking(self) -> Raking:
        return Raking(self.scheme)

    @cached_property
    def _inside(self) -> dict[int, list[Target]]:
        """By place, the service points in it."""
        found: dict[int, list[Target]] = defaultdict(list)
        for point, way in subjects.service_points().items():
            for above in way:
                found[above].append((point, ALL_EMPLOYEES))
        return found

    @cached_property
    def _everywhere(self) -> tuple[Target, ...]:
        """All service points."""
        return tuple(sorted({one for those in self._inside.values() for one in those}))


def rows_for(
    pool: Pool,
    versions: Sequence[Version],
    period: Period,
    targets: Sequence[Target],
    only: Common = EVERYBODY,
    weighing: Weighing | None = None,
) -> Rows:
    """reading.totals(), or effective counts (rules/weighed.py) where weights are asked for."""
    return counted(pool, versions, period, targets, only, weighing)[0]


def counted(
    pool: Pool,
    versions: Sequence[Version],
    period: Period,
    targets: Sequence[Target],
    only: Common = EVERYBODY,
    weighing: Weighing | None = None,
) -> tuple[Rows, list[int]]:
    """rows_for(), and how many respondents these are."""
    if weighing is None:
        rows = totals(pool, versions, period, targets, only)
        return rows, rows[:, 0].tolist()
    sums = weighing.sums(pool, versions, period, targets, only)
    return effective(pool, sums), [one.n for one in sums]


def _at(lines: list[int]) -> slice | list[int]:
    """Of lines that follow each other a slice, which copies nothing."""
    first, end = lines[0], lines[-1] + 1
    return slice(first, end) if end - first == len(lines) else lines


def _whole(_start: date) -> None:
    return None


def _ids(versions: Iterable[Version]) -> list[int]:
    return [one.id for one in versions]


def _nobody(pool: Pool) -> Weighed:
    return Weighed(0, np.zeros(pool.width), np.zeros(pool.width))

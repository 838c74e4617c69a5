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
from survey.periods import Span, month
from survey.tallies.queries import subjects, tallies
from survey.tallies.rules.parts import Common
from survey.tallies.rules.pooling import Pool
from survey.tallies.selection import Selection
from survey.tallies.subject_key import ALL_EMPLOYEES, SubjectKey

from .population_totals import Scheme
from .rules.effective_counts import Weighed, told, weighed
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

    def sums(self, pool: Pool, selection: Selection, subject_keys: Sequence[SubjectKey]) -> list[Weighed]:
        """Return the weighted sums of each of these places and employees, in their order; see
        reading.totals()."""
        found = self._sums(pool, selection, subject_keys, _whole)
        return [found[subject_key, None] for subject_key in subject_keys]

    def monthly(self, pool: Pool, selection: Selection, about: SubjectKey) -> list[Weighed]:
        """Return the weighted sums of each month of the period, by the weights of that month."""
        found = self._sums(pool, selection, [about], month)
        nobody = _nobody(pool)
        return [found.get((about, start), nobody) for start in selection.period.months()]

    def raked(self, selection: Selection) -> Raked | None:
        """Return the weights of all answers of the period with the care that is asked for, whatever else they
        have in common; None where there are none, or the totals contradict them."""
        return self._raking.weights(selection, _whole).get(None)

    def months_as_answered(self) -> int:
        """Return in how many of the months that were looked at the totals contradict the answers."""
        return self._raking.months_contradicted()

    def _sums(
        self, pool: Pool, selection: Selection, subject_keys: Sequence[SubjectKey], of: Of
    ) -> dict[tuple[SubjectKey, Bucket], Weighed]:
        nobody = _nobody(pool)
        found: dict[tuple[SubjectKey, Bucket], Weighed] = {
            (subject_key, None): nobody for subject_key in subject_keys
        }
        if selection.is_empty:
            return found
        inside = self._inside
        below = {
            subject_key: [subject_key] if subject_key[1] != ALL_EMPLOYEES else inside.get(subject_key[0], [])
            for subject_key in subject_keys
        }
        wanted = tuple(sorted({one for those in below.values() for one in those}))
        strata = self._strata(pool, selection, wanted, of)
        for subject_key, those in below.items():
            for bucket in strata.buckets:
                lines = strata.lines(those, bucket)
                if lines:
                    at = _at(lines)
                    found[subject_key, bucket] = weighed(strata.rows[at], strata.weights[at])
        return found

    def _strata(self, pool: Pool, selection: Selection, wanted: tuple[SubjectKey, ...], of: Of) -> Strata:
        """Read once: a page asks several times for the same."""
        asked = tuple(asked.code for asked in pool.questions)
        only = selection.only
        about = (asked, selection.version_ids, wanted, only)
        key = (about, selection.period, of)
        if key not in self._read:
            if about not in self._months:
                self._months[about] = Months(pool, partial(self._stored, selection, wanted))
            keys, rows = grouped(self._months[about].of(selection.period), of)
            if only == Common("", "", only.care) and wanted == self._everywhere:
                held = zip(keys, rows[:, 0].tolist(), strict=True)
                self._raking.count(selection, of, held)
            weights = self._raking.weights(selection, of)
            each = np.array(self._raking.each(keys, weights), float)
            told_rows = told(pool, rows, settings.current().minimum_group)
            self._read[key] = Strata(wanted, keys, told_rows, each)
        return self._read[key]

    def _stored(
        self, selection: Selection, wanted: Sequence[SubjectKey], spans: Sequence[Span]
    ) -> Iterable[Any]:
        subject_keys = None if wanted == self._everywhere else wanted
        return tallies.in_parts(
            subject_keys, selection.version_ids, spans, self._raking.part_ids(selection.only)
        )

    @cached_property
    def _raking(self) -> Raking:
        return Raking(self.scheme)

    @cached_property
    def _inside(self) -> dict[int, list[SubjectKey]]:
        """By place, the service points in it."""
        found: dict[int, list[SubjectKey]] = defaultdict(list)
        for point, way in subjects.service_points().items():
            for above in way:
                found[above].append((point, ALL_EMPLOYEES))
        return found

    @cached_property
    def _everywhere(self) -> tuple[SubjectKey, ...]:
        """All service points."""
        return tuple(sorted({one for those in self._inside.values() for one in those}))


def _at(lines: list[int]) -> slice | list[int]:
    """Of lines that follow each other a slice, which copies nothing."""
    first, end = lines[0], lines[-1] + 1
    return slice(first, end) if end - first == len(lines) else lines


def _whole(_start: date) -> None:
    return None


def _nobody(pool: Pool) -> Weighed:
    return Weighed(0, np.zeros(pool.width), np.zeros(pool.width))

"""The use case "weigh": released figures as if each service point and segment had answered in proportion to
its known customers.

Weights come from tallies and the totals in force, never from responses: the strata are the service points,
and the channels and languages of parts (rules/parts.py). They are computed once for the whole company, in the
period that is asked for; the figures of a region, a service point or a filter use the same weights.
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
from .rules.effective_counts import WeightedSums, weighted_sums, withhold_small_counts
from .rules.margins import RakedWeights
from .strata import Bucket, BucketOf, MonthCache, Strata, group_lines
from .weights import Raking


@dataclass
class Weighing:
    """Weights by a scheme, cached while a page is rendered. Where the totals contradict the answers of a
    period or month, there are no weights, and these answers count equally."""

    scheme: Scheme
    _strata_cache: dict[Any, Strata] = field(default_factory=dict)
    _month_caches: dict[Any, MonthCache] = field(default_factory=dict)

    def sums(
        self, pool: Pool, selection: Selection, subject_keys: Sequence[SubjectKey]
    ) -> list[WeightedSums]:
        """Return the weighted sums of each of these places and employees, in their order; see
        reading.totals()."""
        sums = self._sums(pool, selection, subject_keys, _no_bucket)
        return [sums[subject_key, None] for subject_key in subject_keys]

    def monthly(self, pool: Pool, selection: Selection, about: SubjectKey) -> list[WeightedSums]:
        """Return the weighted sums of each month of the period, by the weights of that month."""
        sums = self._sums(pool, selection, [about], month)
        no_sums = _no_sums(pool)
        return [sums.get((about, start), no_sums) for start in selection.period.months()]

    def raked_weights(self, selection: Selection) -> RakedWeights | None:
        """Return the weights of all answers of the period with the care that is asked for; other filters do
        not matter. None where there are no answers, or the totals contradict them."""
        return self._raking.weights(selection, _no_bucket).get(None)

    def months_as_answered(self) -> int:
        """Return in how many of the months read so far the totals contradict the answers."""
        return self._raking.months_contradicted()

    def _sums(
        self, pool: Pool, selection: Selection, subject_keys: Sequence[SubjectKey], bucket_of: BucketOf
    ) -> dict[tuple[SubjectKey, Bucket], WeightedSums]:
        """Return the weighted sums by subject and bucket; those of a place are of the service points in
        it."""
        no_sums = _no_sums(pool)
        sums: dict[tuple[SubjectKey, Bucket], WeightedSums] = {
            (subject_key, None): no_sums for subject_key in subject_keys
        }
        if selection.is_empty:
            return sums
        points_inside = self._points_inside
        keys_of_subject = {
            subject_key: [subject_key]
            if subject_key[1] != ALL_EMPLOYEES
            else points_inside.get(subject_key[0], [])
            for subject_key in subject_keys
        }
        all_keys = tuple(sorted({subject_key for keys in keys_of_subject.values() for subject_key in keys}))
        strata = self._strata(pool, selection, all_keys, bucket_of)
        for subject_key, keys in keys_of_subject.items():
            for bucket in strata.buckets:
                lines = strata.lines(keys, bucket)
                if lines:
                    index = _index_of(lines)
                    sums[subject_key, bucket] = weighted_sums(strata.rows[index], strata.weights[index])
        return sums

    def _strata(
        self, pool: Pool, selection: Selection, subject_keys: tuple[SubjectKey, ...], bucket_of: BucketOf
    ) -> Strata:
        """Return the strata, from the cache where they were read before: a page asks for them several
        times."""
        codes = tuple(question.code for question in pool.questions)
        only = selection.only
        read_key = (codes, selection.version_ids, subject_keys, only)
        key = (read_key, selection.period, bucket_of)
        if key not in self._strata_cache:
            if read_key not in self._month_caches:
                self._month_caches[read_key] = MonthCache(
                    pool, partial(self._read_tallies, selection, subject_keys)
                )
            keys, rows = group_lines(self._month_caches[read_key].of(selection.period), bucket_of)
            if only == Common("", "", only.care) and subject_keys == self._all_points:
                counts = zip(keys, rows[:, 0].tolist(), strict=True)
                self._raking.take_counts(selection, bucket_of, counts)
            weights = self._raking.weights(selection, bucket_of)
            respondent_weights = np.array(self._raking.weights_of(keys, weights), float)
            shown_rows = withhold_small_counts(pool, rows, settings.current().minimum_group)
            self._strata_cache[key] = Strata(subject_keys, keys, shown_rows, respondent_weights)
        return self._strata_cache[key]

    def _read_tallies(
        self, selection: Selection, subject_keys: Sequence[SubjectKey], spans: Sequence[Span]
    ) -> Iterable[Any]:
        """Read the tallies of these service points and employees in spans; see tallies.in_parts()."""
        filter_keys = None if subject_keys == self._all_points else subject_keys
        return tallies.in_parts(
            filter_keys, selection.version_ids, spans, self._raking.part_ids(selection.only)
        )

    @cached_property
    def _raking(self) -> Raking:
        return Raking(self.scheme)

    @cached_property
    def _points_inside(self) -> dict[int, list[SubjectKey]]:
        """Return the service points in each place, by its id."""
        points_inside: dict[int, list[SubjectKey]] = defaultdict(list)
        for point, ancestor_ids in subjects.service_points().items():
            for ancestor_id in ancestor_ids:
                points_inside[ancestor_id].append((point, ALL_EMPLOYEES))
        return points_inside

    @cached_property
    def _all_points(self) -> tuple[SubjectKey, ...]:
        """Return all service points, sorted."""
        return tuple(sorted({point for points in self._points_inside.values() for point in points}))


def _index_of(lines: list[int]) -> slice | list[int]:
    """Return a slice, which avoids a copy, where the lines are consecutive; else the lines themselves."""
    first, end = lines[0], lines[-1] + 1
    return slice(first, end) if end - first == len(lines) else lines


def _no_bucket(_start: date) -> None:
    """Return None, the bucket of the whole period."""


def _no_sums(pool: Pool) -> WeightedSums:
    """Return the sums of no respondents."""
    return WeightedSums(0, np.zeros(pool.width), np.zeros(pool.width))

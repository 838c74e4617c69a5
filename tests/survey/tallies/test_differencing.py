"""k-anonymity against differencing: from any views, at any times, nothing about fewer than k people can be
computed."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from survey.tallies.rules.releasing import release

from survey.periods import Period
from survey.tallies.rules.parts import EVERYBODY, FLAGGED, UNFLAGGED, Common, WaitingCount, parts_due
from survey.tallies.rules.sums import Sums, spread, sum_by_month

ANCESTORS = {11: (1, 10, 11), 12: (1, 10, 12), 21: (1, 20, 21)}
QUEUES = [
    (place, employee, version) for place in ANCESTORS for employee in (0, place * 10) for version in (1, 2)
]
TARGETS = [(place, 0) for place in (1, 10, 20, 11, 12, 21)] + [(place, place * 10) for place in ANCESTORS]
FIRST = date(2026, 10, 20)
MOST = 150


def day(number):
    return FIRST + timedelta(number)


class Survey:
    """A model of queues of people and the tallies released of them. Instead of answers, a row counts each
    person in a column of their own, so that a sum shows whom it includes."""

    def __init__(self, k):
        self.k = k
        self.waiting = defaultdict(list)
        self.people = 0
        self.tallies = defaultdict(lambda: np.zeros(1 + MOST, np.int64))

    def arrive(self, queue, number, when, common):
        for _ in range(min(number, MOST - self.people)):
            self.people += 1
            self.waiting[queue].append((self.people, when, common))

    def fold(self):
        for queue, people in self.waiting.items():
            waits = {
                common: WaitingCount(len(days), min(days))
                for common in {person_record[2] for person_record in people}
                if (days := [when for _, when, person_common in people if person_common == common])
            }
            due_parts = parts_due(waits, self.k, day(45))
            counted = {common: self._count(queue, people, common) for common in due_parts}
            for part, sums in release(counted, self.k).shown.items():
                spread_sums = spread(sums, ANCESTORS)
                for grain, by_grain in (("day", spread_sums), ("month", sum_by_month(spread_sums))):
                    for key, row in zip(by_grain.keys(), by_grain.rows, strict=True):
                        self.tallies[grain, queue[2], part, *key] += row
            people[:] = [person_record for person_record in people if person_record[2] not in due_parts]

    def _count(self, queue, waiting, common):
        people = [person_record for person_record in waiting if person_record[2] == common]
        rows = np.zeros((len(people), 1 + MOST), np.int64)
        rows[:, 0] = 1
        rows[np.arange(len(people)), [person for person, _, _ in people]] = 1
        days = [when for _, when, _ in people]
        return Sums.of([queue[0]] * len(people), [queue[1]] * len(people), days, rows)

    def view(self, target, versions, first, last, only):
        """Return the people whom the figures of this query include."""
        total = np.zeros(1 + MOST, np.int64)
        for span in Period(first, last).spans():
            for (grain, version, part, *subject_key, start), row in self.tallies.items():
                if (
                    (grain, tuple(subject_key)) == (span.grain, target)
                    and version in versions
                    and only.matches(part)
                ):
                    total += row * (span.first <= start <= span.last)
        assert total[1:].max() <= 1
        assert total[0] == total[1:].sum()
        return frozenset((np.flatnonzero(total[1:]) + 1).tolist())


COMMON = st.builds(
    Common,
    st.sampled_from(("qr", "qr", "sms", "wechat")),
    st.sampled_from(("zh", "zh", "en")),
    st.sampled_from((UNFLAGGED, UNFLAGGED, FLAGGED, "")),
)
FILTER = st.builds(
    Common,
    st.sampled_from(("", "qr", "sms", "wechat")),
    st.sampled_from(("", "zh", "en")),
    st.sampled_from(("", UNFLAGGED, FLAGGED)),
)
ARRIVE = st.tuples(st.sampled_from(QUEUES[:6]), st.integers(1, 9), st.integers(0, 40).map(day), COMMON)
VIEW = st.tuples(
    st.sampled_from(TARGETS),
    st.sampled_from([{1}, {2}, {1, 2}]),
    st.integers(0, 40).map(day),
    st.integers(0, 40).map(day),
    FILTER,
)
STEPS = st.lists(st.one_of(ARRIVE, ARRIVE, VIEW, st.just("fold")), min_size=5, max_size=60)


@settings(max_examples=150, deadline=None)
@given(STEPS, st.lists(VIEW, min_size=3, max_size=12), st.integers(2, 6))
def test_any_combination_of_views_distinguishes_only_groups_of_k_people(steps, repeated_views, k):
    """People who are in the same views cannot be distinguished by adding and subtracting figures. So every
    set of people who are in the same views (and in at least one) must have k; then any two views differ by
    nobody or by k people."""
    survey = Survey(k)
    views = []
    for step in (*steps, "fold"):
        if step == "fold":
            survey.fold()
            views += [survey.view(*repeated_view) for repeated_view in repeated_views]
        elif len(step) == 4:
            survey.arrive(*step)
        else:
            views.append(survey.view(*step))
    seen_in = defaultdict(set)
    for number, view in enumerate(views):
        for person in view:
            seen_in[person].add(number)
    groups = Counter(frozenset(view_numbers) for view_numbers in seen_in.values())
    assert min(groups.values(), default=k) >= k
    for first in views:
        for second in views:
            assert len(first ^ second) == 0 or len(first ^ second) >= k


def test_views_release_days_only_in_groups_of_k_and_single_people_with_k_of_1():
    """With k of 1 a day shows single people, so the property tested above is not vacuous."""
    survey = Survey(5)
    for number, when in ((5, day(0)), (3, day(1)), (5, day(2))):
        survey.arrive(QUEUES[0], number, when, Common("qr", "zh"))
    survey.fold()
    place = (11, 0)
    assert [len(survey.view(place, {1}, day(0), day(last), EVERYBODY)) for last in range(3)] == [5, 5, 13]
    survey_of_1 = Survey(1)
    survey_of_1.arrive(QUEUES[0], 3, day(0), Common("qr", "zh"))
    survey_of_1.fold()
    assert len(survey_of_1.view(place, {1}, day(0), day(0), EVERYBODY)) == 3


def test_a_filter_shows_no_part_of_a_block_that_two_channels_share():
    """A block of five people who answered by two channels is shown as a whole only: to split it by the
    filter would distinguish a single person."""
    survey = Survey(5)
    survey.arrive(QUEUES[0], 4, day(0), Common("qr", "zh"))
    survey.arrive(QUEUES[0], 1, day(0), Common("sms", "zh"))
    survey.fold()
    views = [
        survey.view((11, 0), {1}, day(0), day(40), only)
        for only in (EVERYBODY, Common("qr", ""), Common("", "zh"))
    ]
    assert [len(people) for people in views] == [5, 0, 5]

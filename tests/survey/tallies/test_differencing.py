"""Whatever is looked at, whenever and however often: nothing about fewer than k people can be computed."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.periods import Period
from survey.tallies.rules.parts import EVERYBODY, FLAGGED, UNFLAGGED, Common, Waits, due
from survey.tallies.rules.releasing import release
from survey.tallies.rules.sums import Sums, by_month, spread

ANCESTORS = {11: (1, 10, 11), 12: (1, 10, 12), 21: (1, 20, 21)}
QUEUES = [
    (place, employee, version) for place in ANCESTORS for employee in (0, place * 10) for version in (1, 2)
]
TARGETS = [(place, 0) for place in (1, 10, 20, 11, 12, 21)] + [(place, place * 10) for place in ANCESTORS]
FIRST = date(2026, 10, 20)
MOST = 150


def day(number):
    return FIRST + timedelta(number)


class House:
    """Queues of people and what is released of them. Instead of its answers, a row counts each person in a
    column of her own, so that a sum tells of whom it is made."""

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
        for queue, those in self.waiting.items():
            waits = {
                common: Waits(len(days), min(days))
                for common in {one[2] for one in those}
                if (days := [when for _, when, of in those if of == common])
            }
            now = due(waits, self.k, day(45))
            counted = {common: self._count(queue, those, common) for common in now}
            for part, sums in release(counted, self.k).shown.items():
                everywhere = spread(sums, ANCESTORS)
                for grain, by_grain in (("day", everywhere), ("month", by_month(everywhere))):
                    for key, row in zip(by_grain.keys(), by_grain.rows, strict=True):
                        self.tallies[grain, queue[2], part, *key] += row
            those[:] = [one for one in those if one[2] not in now]

    def _count(self, queue, waiting, common):
        those = [one for one in waiting if one[2] == common]
        rows = np.zeros((len(those), 1 + MOST), np.int64)
        rows[:, 0] = 1
        rows[np.arange(len(those)), [person for person, _, _ in those]] = 1
        days = [when for _, when, _ in those]
        return Sums.of([queue[0]] * len(those), [queue[1]] * len(those), days, rows)

    def view(self, target, versions, first, last, only):
        """Of whom the figures are made that somebody sees who asks for this."""
        total = np.zeros(1 + MOST, np.int64)
        for span in Period(first, last).spans():
            for (grain, version, part, *at, start), row in self.tallies.items():
                if (grain, tuple(at)) == (span.grain, target) and version in versions and only.matches(part):
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
LOOK = st.tuples(
    st.sampled_from(TARGETS),
    st.sampled_from([{1}, {2}, {1, 2}]),
    st.integers(0, 40).map(day),
    st.integers(0, 40).map(day),
    FILTER,
)
STEPS = st.lists(st.one_of(ARRIVE, ARRIVE, LOOK, st.just("fold")), min_size=5, max_size=60)


@settings(max_examples=150, deadline=None)
@given(STEPS, st.lists(LOOK, min_size=3, max_size=12), st.integers(2, 6))
def test_whatever_views_are_taken_together_they_tell_people_apart_in_groups_of_k_only(steps, looks, k):
    """People whom all views treat alike cannot be told apart by adding and taking away figures. So every
    set of people that are in the same views (and in any) must hold k; then any two views differ by nobody
    or by k."""
    house = House(k)
    views = []
    for step in (*steps, "fold"):
        if step == "fold":
            house.fold()
            views += [house.view(*look) for look in looks]
        elif len(step) == 4:
            house.arrive(*step)
        else:
            views.append(house.view(*step))
    seen_in = defaultdict(set)
    for number, view in enumerate(views):
        for person in view:
            seen_in[person].add(number)
    groups = Counter(frozenset(those) for those in seen_in.values())
    assert min(groups.values(), default=k) >= k
    for one in views:
        for other in views:
            assert len(one ^ other) == 0 or len(one ^ other) >= k


def test_the_property_can_fail():
    """Days that are shown one by one tell people apart."""
    house = House(5)
    for number, when in ((5, day(0)), (3, day(1)), (5, day(2))):
        house.arrive(QUEUES[0], number, when, Common("qr", "zh"))
    house.fold()
    place = (11, 0)
    assert [len(house.view(place, {1}, day(0), day(last), EVERYBODY)) for last in range(3)] == [5, 5, 13]
    alone = House(1)
    alone.arrive(QUEUES[0], 3, day(0), Common("qr", "zh"))
    alone.fold()
    assert len(alone.view(place, {1}, day(0), day(0), EVERYBODY)) == 3


def test_a_filter_that_split_blocks_as_they_are_would_tell_people_apart():
    """The parts of a block of five that arrived by two channels: neither is shown by itself."""
    house = House(5)
    house.arrive(QUEUES[0], 4, day(0), Common("qr", "zh"))
    house.arrive(QUEUES[0], 1, day(0), Common("sms", "zh"))
    house.fold()
    seen = [
        house.view((11, 0), {1}, day(0), day(40), only)
        for only in (EVERYBODY, Common("qr", ""), Common("", "zh"))
    ]
    assert [len(those) for those in seen] == [5, 0, 5]

"""What an attacker at the counter learns of one customer's answer, simulated over the product's rules.

She answers as often as she likes, recognises every answer of her own in what is shown, knows the rules, who
else answered and when, and with which batch the victim's answer was shown; but not what others answered. So
of the U answers of a batch that are not hers, the victim's is a bad one with probability (bad ones of U)/U,
whatever else is published of these. She is sure from 90 % on.
"""

import copy
import math
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from survey.batches.rules import calendar
from survey.batches.rules.exchange import exchange

OPENED = date(2026, 1, 1)
DAY = timedelta(1)
SURE = 0.9
BAD = 0.08
"""Of genuine answers, as in the demonstration."""
FLOOD = 200
"""Answers of her own in a batch: so many that a lot hardly ever draws another's."""
TRIALS = 300
PAST = 150
"""Days before the attack: as many as rates look back, and more."""

TIMES = 3
"""Of the fewest that a batch releases: so many answers it has before the victim's, hers included."""


@dataclass(frozen=True, eq=False)
class Answer:
    day: date
    is_hers: bool = False
    is_bad: bool = False


@dataclass
class CommonQueue:
    """A queue with one class: what closing.PointClosing does, without a database."""

    chance: random.Random
    today: date = OPENED
    expected: float = 0
    terms: calendar.Terms = field(init=False)
    new: list[Answer] = field(default_factory=list)
    reserve: list[Answer] = field(default_factory=list)
    arrivals: Counter[date] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.terms = calendar.terms(OPENED, self.expected)

    def come(self, *answers: Answer) -> None:
        self.new += answers

    def night(self) -> list[Answer]:
        """End the day; return what is released."""
        self.today += DAY
        if self.today < self.terms.closes_on:
            return []
        change = exchange(len(self.new), len(self.reserve), self.terms.reserve, self.terms.floor)
        if change is None:
            self.terms = self.terms.postponed()
            return []
        self.arrivals.update(one.day for one in self.new)
        self.chance.shuffle(self.new)
        self.chance.shuffle(self.reserve)
        gone = self.new[change.held :] + self.reserve[: change.leave]
        self.reserve = self.reserve[change.leave :] + self.new[: change.held]
        self.new = []
        rate = calendar.rate(self.arrivals, OPENED, self.today, self.expected)
        self.terms = calendar.terms(self.today, rate)
        return gone

    @property
    def opens(self) -> bool:
        """Return whether a batch opens today."""
        return self.today == self.terms.opens_on

    @property
    def closes(self) -> bool:
        """Return whether today is the last day whose answers the batch takes."""
        return self.today + DAY == self.terms.closes_on


class Point:
    """A service point with ``rate`` customers a day, and an attacker at its counter."""

    def __init__(self, rate: float, seed: int) -> None:
        self.rate = rate
        self.chance = random.Random(f"{rate} {seed}")
        self.queue = CommonQueue(self.chance, expected=rate)
        while self.queue.today < OPENED + PAST * DAY or not self.queue.opens:
            self.spend_day()

    def spend_day(self, kept_away: bool = False, hers: int = 0) -> list[Answer]:
        """Let customers come, or keep them away, and answer ``hers`` times; return what is released."""
        today = self.queue.today
        if not kept_away:
            self.queue.come(
                *(Answer(today, is_bad=self.chance.random() < BAD) for _ in range(self._customers()))
            )
        self.queue.come(*[Answer(today, is_hers=True)] * hers)
        return self.queue.night()

    def _customers(self) -> int:
        """Return how many come on a day, by Poisson."""
        number, time = 0, self.chance.expovariate(self.rate)
        while time < 1:
            number, time = number + 1, time + self.chance.expovariate(self.rate)
        return number

    def attack(self, isolated: bool = False, before: int = 0) -> bool:
        """Return whether she is sure of a victim's bad answer, the first of a batch that she fills.

        With ``isolated`` she keeps everybody else away until the victim's answer is shown, and in the last
        ``before`` days before the batch: then she answers in their place, so that batches close, and so
        often that most of the reserve is hers."""
        batches = math.ceil(before / self.queue.terms.days)
        opens_on = self.queue.today + batches * self.queue.terms.days * DAY
        while self.queue.today < opens_on or not self.queue.opens:
            kept_away = isolated and self.queue.today >= opens_on - before * DAY
            missing = TIMES * self.queue.terms.floor - len(self.queue.new)
            self.spend_day(kept_away, max(missing, 0) if self.queue.closes else 0)
        return self.is_sure(isolated, FLOOD)

    def flood(self, weeks: int, a_day: int) -> None:
        """Answer so often every day, among everybody else, until a batch opens after these weeks."""
        until = self.queue.today + 7 * weeks * DAY
        while self.queue.today < until or not self.queue.opens:
            self.spend_day(hers=a_day)

    def is_sure(self, isolated: bool, hers: int) -> bool:
        """Let the victim come, and return whether she is sure of their answer when it is shown; she adds
        ``hers`` to each batch until then."""
        victim = Answer(self.queue.today, is_bad=True)
        self.queue.come(victim)
        while True:
            released = self.spend_day(isolated, hers if self.queue.closes else 0)
            if victim in released:
                unknown = [one for one in released if not one.is_hers]
                return sum(one.is_bad for one in unknown) / len(unknown) >= SURE


class ThresholdPoint:
    """The control: answers were released at once when five had come."""

    K = 5

    def __init__(self, rate: float, seed: int) -> None:
        self.chance = random.Random(f"threshold {rate} {seed}")
        self.waiting: list[Answer] = []
        for _customer in range(self.chance.randint(0, int(PAST * rate))):
            self.come(Answer(OPENED, is_bad=self.chance.random() < BAD))

    def come(self, answer: Answer) -> list[Answer]:
        self.waiting.append(answer)
        if len(self.waiting) < self.K:
            return []
        gone, self.waiting = self.waiting, []
        return gone

    def attack(self) -> bool:
        """Answer until something is released, and four times more just before the victim."""
        while not self.come(Answer(OPENED, is_hers=True)):
            pass
        for _known in range(self.K - 1):
            self.come(Answer(OPENED, is_hers=True))
        released = self.come(Answer(OPENED, is_bad=True))
        unknown = [one for one in released if not one.is_hers]
        return bool(unknown) and sum(one.is_bad for one in unknown) / len(unknown) >= SURE


RATES = (1, 3, 10)


def named(rate: float) -> str:
    return f"{rate} a day"


@pytest.fixture(scope="module", params=RATES, ids=named)
def points(request: pytest.FixtureRequest) -> list[Point]:
    """Return points with a past, on a day when a batch opens."""
    return [Point(request.param, seed) for seed in range(TRIALS)]


def share_sure(points: list[Point], attack: Callable[[Point], bool]) -> float:
    """Return in how many trials, of all, the attacker is sure."""
    return sum(attack(copy.deepcopy(point)) for point in points) / len(points)


def test_batches_of_the_simulation_are_as_long_as_usually_bring_twenty(points):
    """The past of the points is long enough for the reserve to be full."""
    days = sorted(point.queue.terms.days for point in points)
    rate = points[0].rate
    assert calendar.length(rate) <= days[len(days) // 2] <= calendar.length(0.6 * rate)
    reserves = sorted(len(point.queue.reserve) / point.queue.terms.reserve for point in points)
    assert reserves[len(reserves) // 2] >= 0.9


def test_whoever_floods_a_batch_is_not_sure(points):
    assert share_sure(points, lambda point: point.attack()) <= 0.01


def test_whoever_keeps_everybody_else_out_of_a_batch_is_seldom_sure(points):
    """The answers of the reserve are unknown to her."""
    assert share_sure(points, lambda point: point.attack(isolated=True)) <= 0.05


def test_whoever_keeps_everybody_else_away_for_seven_more_days_is_seldom_sure(points):
    assert share_sure(points, lambda point: point.attack(isolated=True, before=7)) <= 0.15


@pytest.mark.parametrize("rate", RATES, ids=named)
def test_a_queue_that_released_at_once_made_her_sure_every_time(rate):
    """The control: the attack of the other tests is one that succeeds where it can."""
    assert all(ThresholdPoint(rate, seed).attack() for seed in range(TRIALS))


def test_a_batch_without_a_reserve_makes_whoever_isolates_it_sure_every_time(points):
    """The control: it is the reserve that protects the victim, and not the simulation."""

    def attack(point: Point) -> bool:
        point.queue.reserve = []
        point.queue.terms = replace(point.queue.terms, reserve=0)
        return point.attack(isolated=True)

    assert share_sure(points[:50], attack) == 1


def flood_alone(point: Point) -> bool:
    """Flood for eight weeks, nobody being kept away, and go on while the victim's batch is open."""
    point.flood(weeks=8, a_day=30)
    return point.is_sure(isolated=False, hers=30)


@pytest.mark.parametrize("rate", [0.3, 1, 3, 10])
def test_whoever_floods_for_weeks_is_not_sure(rate):
    points = [Point(rate, seed) for seed in range(60)]
    assert share_sure(points, flood_alone) <= 0.01

"""Many responses at one link within minutes are noticed, and forgotten again."""

import pytest

from survey.answering.flood import Floods
from survey.rewards.rules.doubts import BURST_TIMES, UNPROVEN_A_FLOOD, Earning
from survey.throttle import Throttle

LINK = 1
CALM = Earning()


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def floods(clock):
    return Floods(Throttle(), 20, clock)


def test_a_busy_link_is_no_flood(floods):
    assert [floods.count(LINK, False) for _ in range(20)] == [CALM] * 20
    assert not floods.is_on(LINK)


def test_the_next_response_makes_a_flood_and_pages_ask_for_a_proof_for_a_while(floods, clock):
    for _ in range(21):
        floods.count(LINK, False)
    assert floods.is_on(LINK)
    assert not floods.is_on(2)
    clock.now += 600
    assert not floods.is_on(LINK)


def test_responses_with_a_proof_earn_as_always_in_a_flood(floods):
    for _ in range(20):
        floods.count(LINK, False)
    assert floods.count(LINK, True) == CALM


def test_only_a_few_responses_without_a_proof_earn_points_which_go_under_review(floods):
    for _ in range(20):
        floods.count(LINK, False)
    payments = [floods.count(LINK, False) for _ in range(UNPROVEN_A_FLOOD + 1)]
    assert payments == [Earning(True, "unproven")] * UNPROVEN_A_FLOOD + [Earning(False, "unproven")]


def test_all_claims_of_a_burst_go_under_review(floods):
    for _ in range(20 * BURST_TIMES):
        floods.count(LINK, True)
    assert floods.count(LINK, True) == Earning(True, "burst")


def test_nothing_is_counted_when_floods_are_turned_off(clock):
    floods = Floods(Throttle(), 0, clock)
    assert [floods.count(LINK, False) for _ in range(500)] == [CALM] * 500
    assert not floods.is_on(LINK)

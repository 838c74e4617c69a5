"""Many answers at one link within minutes are noticed, and forgotten again."""

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


def test_one_answer_more_is_and_its_pages_ask_for_a_proof_for_a_while(floods, clock):
    for _ in range(21):
        floods.count(LINK, False)
    assert floods.is_on(LINK)
    assert not floods.is_on(2)
    clock.now += 600
    assert not floods.is_on(LINK)


def test_in_a_flood_answers_with_a_proof_earn_as_always(floods):
    for _ in range(20):
        floods.count(LINK, False)
    assert floods.count(LINK, True) == CALM


def test_without_a_proof_a_few_earn_points_that_wait_and_no_more(floods):
    for _ in range(20):
        floods.count(LINK, False)
    found = [floods.count(LINK, False) for _ in range(UNPROVEN_A_FLOOD + 1)]
    assert found == [Earning(True, "unproven")] * UNPROVEN_A_FLOOD + [Earning(False, "unproven")]


def test_in_a_burst_all_claims_are_doubted(floods):
    for _ in range(20 * BURST_TIMES):
        floods.count(LINK, True)
    assert floods.count(LINK, True) == Earning(True, "burst")


def test_where_it_is_turned_off_nothing_is_counted(clock):
    floods = Floods(Throttle(), 0, clock)
    assert [floods.count(LINK, False) for _ in range(500)] == [CALM] * 500
    assert not floods.is_on(LINK)

"""Tests of what a response earns and when a page stops promising it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.rewards.rules.offers import NOTHING, OPEN_PAGES, Offer, PayingRate, RunningCampaign, best_offer

ANY, BY_SMS = PayingRate(None, "", 10), PayingRate(None, "sms", 20)
R5, R5_BY_SMS = PayingRate(5, "", 30), PayingRate(5, "sms", 40)


def running(*rates: PayingRate, left: int = 1_000_000, number: int = 1) -> RunningCampaign:
    return RunningCampaign(number, 1_000_000, left, rates)


@pytest.mark.parametrize(
    ("questionnaire", "channel", "points"), [(5, "sms", 40), (5, "qr", 30), (6, "sms", 20), (6, "qr", 10)]
)
def test_the_closest_rate_counts(questionnaire, channel, points):
    assert best_offer([running(ANY, BY_SMS, R5, R5_BY_SMS)], questionnaire, channel) == Offer(1, points)


def test_a_campaign_without_a_matching_rate_offers_nothing():
    assert best_offer([running(R5)], 6, "qr") == NOTHING
    assert best_offer([], 6, "qr") == NOTHING


def test_the_campaign_that_pays_more_counts_and_of_equal_campaigns_the_first():
    assert best_offer([running(ANY), running(R5, number=2)], 5, "qr") == Offer(2, 30)
    assert best_offer([running(R5, number=2), running(R5)], 5, "qr") == Offer(1, 30)


def test_a_campaign_without_points_left_yields_to_another():
    assert best_offer([running(R5, left=0), running(ANY, number=2)], 5, "qr") == Offer(2, 10)


def test_an_offer_says_that_all_budgets_are_used_up():
    assert best_offer([running(R5, left=29)], 5, "qr") == Offer(1, 0, used_up=True)


def test_a_small_budget_is_promised_to_the_last_response():
    assert best_offer([RunningCampaign(1, 100, 10, [ANY])], 5, "qr").points == 10
    assert best_offer([RunningCampaign(1, 100, 9, [ANY])], 5, "qr").used_up


def test_a_large_budget_keeps_what_open_pages_were_promised():
    assert best_offer([running(ANY, left=10 * OPEN_PAGES + 10)], 5, "qr").points == 10
    assert best_offer([running(ANY, left=10 * OPEN_PAGES + 9)], 5, "qr").used_up


@given(st.integers(1, 10_000), st.integers(1, 10**9), st.data())
def test_promised_points_are_within_the_budget(points, budget, data):
    left = data.draw(st.integers(0, budget))
    if RunningCampaign(1, budget, left, ()).may_promise(points):
        assert left >= points

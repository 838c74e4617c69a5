"""Tests of budgets: simultaneous responses never overspend, and points never depend on answers."""

from __future__ import annotations

import dataclasses
import inspect
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import func, select

from survey.answering import submission
from survey.answering.queries import Submission
from survey.db import db
from survey.refusal import Refused
from survey.responses.models import Waiting
from survey.rewards import campaigns
from survey.rewards.campaigns import MOST_BUDGET, CampaignTerms, offer
from survey.rewards.models.campaigns import PURSES, Campaign
from survey.rewards.models.claims import Claim
from survey.rewards.queries import budgets
from survey.rewards.rules.offers import Offer, PayingRate, RunningCampaign, best_offer
from survey.transaction import driver_transaction
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once

ANY = PayingRate(None, "", 10)
TERMS = CampaignTerms({"zh": "活动", "en": "Campaign"}, date(2026, 1, 1), date(2026, 12, 31), 1000, (ANY,))


def change(**what: object) -> CampaignTerms:
    return dataclasses.replace(TERMS, **what)


def wrong(terms: CampaignTerms) -> str:
    with pytest.raises(Refused) as refused:
        campaigns.begin(terms)
    return str(refused.value)


def test_invalid_terms_are_rejected_with_a_sentence(app):
    assert "cannot end before it starts" in wrong(change(ends_on=date(2025, 12, 31)))
    for budget in (0, -1, MOST_BUDGET + 1, 10**30):
        assert "must be 1 to 2,000,000,000 points" in wrong(change(budget=budget))
    assert "Set the points of at least one row." in wrong(change(rates=()))
    for points in (0, -5, 10_001, 2**63):
        assert "1 to 10,000" in wrong(change(rates=(PayingRate(None, "", points),)))
    assert "same questionnaire and channel" in wrong(change(rates=(ANY, PayingRate(None, "", 20))))
    for cap in (0, -1, MOST_BUDGET + 1):
        assert "daily limit" in wrong(change(daily_cap=cap))
    for months in (0, 121):
        assert "1 to 120 months" in wrong(change(valid_months=months))
    for days in (0, 366):
        assert "1 to 365 days" in wrong(change(vesting_days=days))
    assert "name" in wrong(change(title={"zh": " ", "en": ""}))
    assert db.session.query(Campaign).count() == 0


@pytest.mark.parametrize("wrongly", [1.5, True, "10", None])
def test_a_number_that_is_not_whole_is_rejected(app, wrongly):
    assert "whole numbers" in wrong(change(budget=wrongly))
    assert "whole numbers" in wrong(change(rates=(PayingRate(None, "", wrongly),)))


def test_a_changed_campaign_keeps_its_commitments_and_offers_its_new_rates(app):
    campaign = campaigns.begin(TERMS)
    factories.claim(600, campaign)
    campaigns.change(
        campaign.id, change(budget=600, rates=(PayingRate(None, "sms", 5), PayingRate(None, "", 7)))
    )
    changed = db.session.get_one(Campaign, campaign.id)
    assert (changed.budget, changed.committed, changed.left) == (600, 600, 0)
    assert offer(1, "sms", TODAY) == Offer(campaign.id, 0, used_up=True)
    campaigns.change(
        campaign.id, change(budget=1000, rates=(PayingRate(None, "sms", 5), PayingRate(None, "", 7)))
    )
    assert (offer(1, "sms", TODAY).points, offer(1, "qr", TODAY).points) == (5, 7)


def test_a_budget_below_the_committed_points_is_rejected(app):
    campaign = campaigns.begin(TERMS)
    factories.claim(600, campaign)
    with pytest.raises(Refused, match="600 points have been claimed or are still unclaimed"):
        campaigns.change(campaign.id, change(budget=599))
    assert db.session.get_one(Campaign, campaign.id).budget == 1000


def hand_in(given: Submission) -> bool:
    identity = uuid.uuid4()
    return submission.hand_in(replace(given, submission_id=identity, claim_hash=identity.bytes * 2))


def promised(campaign_id: int, points: int) -> Submission:
    """Return what a page submits that was opened while the campaign promised ``points``."""
    version = factories.version()
    return Submission(
        place_id=factories.place().id,
        submission_id=uuid.uuid4(),
        employee_id=None,
        version_id=version.id,
        day=TODAY,
        channel="qr",
        locale="zh",
        answers={"quality": 4},
        claim_hash=None,
        points=points,
        campaign_id=campaign_id,
        expires_on=TODAY,
    )


def stored_counts(campaign_id: int) -> tuple[int, int, int]:
    """Return (responses, claims, committed points), after checking that claims add up to the committed
    points."""
    db.session.rollback()
    db.session.expire_all()
    points = db.session.scalar(select(func.coalesce(func.sum(Claim.points), 0)))
    committed = db.session.scalar(select(Campaign.committed).filter_by(id=campaign_id))
    assert points == committed
    return db.session.query(Waiting).count(), db.session.query(Claim).count(), committed


def test_pages_that_are_open_keep_their_promise_when_the_rates_change(app):
    campaign = campaigns.begin(TERMS)
    given = promised(campaign.id, offer(1, "qr", TODAY).points)
    campaigns.change(campaign.id, change(rates=(PayingRate(None, "", 3),)))
    assert hand_in(given)
    assert stored_counts(campaign.id) == (1, 1, 10)


def test_a_paused_campaign_stores_the_response_and_pays_nothing(app):
    campaign = campaigns.begin(TERMS)
    given = promised(campaign.id, 10)
    campaigns.pause(campaign.id)
    assert hand_in(given)
    assert stored_counts(campaign.id) == (1, 0, 0)
    campaigns.resume(campaign.id)
    assert hand_in(given)
    assert stored_counts(campaign.id) == (2, 1, 10)


def test_a_response_to_a_campaign_paused_at_the_last_moment_locks_one_purse(postgresql_app, monkeypatch):
    """Two transactions that each locked a purse and then waited for all purses would deadlock."""
    campaign = campaigns.begin(TERMS)
    find = budgets._lock_free_purse

    def free_and_paused(*asked: Any) -> int | None:
        purse = find(*asked)
        campaigns.pause(campaign.id)
        return purse

    monkeypatch.setattr(budgets, "_lock_free_purse", free_and_paused)
    with driver_transaction() as cursor:
        assert budgets.take(cursor, campaign.id, 10, is_server=True) is False
        with db.engine.connect() as elsewhere:
            free = elsewhere.exec_driver_sql("SELECT number FROM purse FOR UPDATE SKIP LOCKED").all()
    assert len(free) == PURSES - 1


def try_at_once(given: Submission, times: int) -> int:
    app = current_app._get_current_object()

    def attempt(_number: int) -> bool:
        with app.app_context():
            return hand_in(given)

    with ThreadPoolExecutor(times) as pool:
        return sum(pool.map(attempt, range(times)))


def test_64_simultaneous_responses_earn_no_more_than_the_budget(app):
    """A budget of 235 points at 10 each pays 23 claims; every response is stored nevertheless."""
    campaign = campaigns.begin(change(budget=235))
    done = at_once(app.config["SETTINGS"], try_at_once, [(promised(campaign.id, 10), 8)] * 8)
    assert sum(done) == 64
    assert stored_counts(campaign.id) == (64, 23, 230)
    assert offer(1, "qr", TODAY) == Offer(campaign.id, 0, used_up=True)


def raise_and_lower(campaign_id: int, given: Submission, number: int) -> int:
    """Raise and lower the budget in process 0 while the others submit responses."""
    if number:
        return try_at_once(given, 8)
    done = 0
    for budget in (100, 400, 150, 300) * 5:
        try:
            campaigns.change(campaign_id, change(budget=budget))
            done += 1
        except Refused:
            pass
    return done


def test_a_budget_that_changes_during_responses_is_never_overspent(app):
    campaign = campaigns.begin(change(budget=200))
    given = promised(campaign.id, 10)
    at_once(app.config["SETTINGS"], raise_and_lower, [(campaign.id, given, number) for number in range(5)])
    responses, claims, committed = stored_counts(campaign.id)
    assert responses == 32
    assert committed == 10 * claims <= db.session.get_one(Campaign, campaign.id).budget


def test_points_never_depend_on_what_was_answered(app, client):
    """A link pays the best and the worst answers alike, and no rule of points has access to an answer."""
    link = factories.link(points=10)
    for answers in ({"quality": "5"}, {"quality": "1"}, {}):
        page = client.get(f"/s/{link.code}?again").text
        tokens = dict(re.findall(r"name=(page|claim) value=([^ >]+)", page))
        assert client.post(f"/s/{link.code}", data=answers | tokens).status_code == 303
    db.session.rollback()
    assert {response["quality"] for response in db.session.scalars(select(Waiting.answers)) if response} == {
        1,
        5,
    }
    assert list(db.session.scalars(select(Claim.points))) == [10, 10, 10]
    for decides in (
        offer,
        best_offer,
        RunningCampaign.points_for,
        RunningCampaign.may_promise,
        PayingRate.counts_for,
    ):
        allowed = {"self", "campaigns", "questionnaire_id", "channel", "points", "today"}
        assert set(inspect.signature(decides).parameters) <= allowed

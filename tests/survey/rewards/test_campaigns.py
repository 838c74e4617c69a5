"""Tests of campaigns: what a response earns, within a budget."""

from datetime import date

import pytest

from survey.db import db
from survey.refusal import Refused
from survey.rewards import campaigns
from survey.rewards.campaigns import CampaignTerms
from survey.rewards.models.campaigns import PURSES, Purse
from survey.rewards.queries import budgets
from survey.rewards.queries import campaigns as queries
from survey.rewards.rules.offers import NOTHING, Offer, PayingRate
from survey.transaction import driver_transaction, transaction
from tests import factories
from tests.factories import TODAY
from tests.locks import meanwhile, until_somebody_waits

TERMS = CampaignTerms(
    {"zh": "活动", "en": "Spring"}, TODAY, date(2026, 12, 31), 1000, (PayingRate(None, "", 10),)
)


def changed(**terms: object) -> CampaignTerms:
    return CampaignTerms(**{**TERMS.__dict__, **terms})


def test_a_campaign_pays_from_its_first_day_to_its_last(app):
    campaign = campaigns.begin(TERMS)
    for day, points in ((22, 0), (23, 10)):
        assert campaigns.offer(5, "qr", date(2026, 11, day)).points == points
    assert campaigns.offer(5, "qr", date(2026, 12, 31)) == Offer(campaign.id, 10)
    assert campaigns.offer(5, "qr", date(2027, 1, 1)) == NOTHING


def test_a_paused_campaign_offers_nothing(app):
    campaign = campaigns.begin(TERMS)
    campaigns.pause(campaign.id)
    assert campaigns.offer(5, "qr", TODAY) == NOTHING
    campaigns.resume(campaign.id)
    assert campaigns.offer(5, "qr", TODAY).points == 10


def test_changed_terms_hold_from_now_on(app):
    version = factories.version()
    campaign = campaigns.begin(TERMS)
    rates = (PayingRate(None, "", 20), PayingRate(version.questionnaire_id, "sms", 30))
    campaigns.change(campaign.id, changed(rates=rates, daily_cap=60))
    assert campaigns.offer(version.questionnaire_id, "sms", TODAY).points == 30
    assert campaigns.offer(version.questionnaire_id, "qr", TODAY).points == 20
    assert queries.campaign(campaign.id).daily_cap == 60


def test_a_budget_below_the_committed_points_is_rejected(app):
    campaign = campaigns.begin(TERMS)
    factories.claim(10, campaign)
    with pytest.raises(Refused, match="10 points have been claimed or are still unclaimed"):
        campaigns.change(campaign.id, changed(budget=9))
    campaigns.change(campaign.id, changed(budget=10))
    assert campaigns.offer(5, "qr", TODAY).used_up


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"ends_on": date(2026, 11, 22)}, "cannot end before it starts"),
        ({"budget": 0}, "must be 1 to 2,000,000,000 points"),
        ({"budget": 2_000_000_001}, "must be 1 to 2,000,000,000 points"),
        ({"rates": ()}, "Set the points of at least one row."),
        ({"rates": (PayingRate(None, "", 0),)}, "1 to 10,000"),
        ({"rates": (PayingRate(None, "", 10_001),)}, "1 to 10,000"),
        ({"rates": (PayingRate(None, "", 1), PayingRate(None, "", 2))}, "same questionnaire"),
    ],
)
def test_invalid_terms_are_rejected(embedded_app, terms, why):
    with pytest.raises(Refused, match=why):
        campaigns.begin(changed(**terms))
    assert queries.campaigns() == []


def purses(campaign):
    db.session.rollback()
    rows = db.session.query(Purse).filter_by(campaign_id=campaign.id).order_by(Purse.number)
    return [(purse.allotted, purse.committed) for purse in rows]


def commit(campaign, points: int) -> bool:
    with driver_transaction() as cursor:
        return budgets.take(cursor, campaign.id, points, db.engine.name == "postgresql")


@pytest.mark.parametrize("budget", [7, 100, 1003])
def test_a_budget_pays_to_its_last_response_however_purses_divide_it(app, budget):
    campaign = campaigns.begin(changed(budget=budget))
    paid = 0
    while commit(campaign, 10):
        paid += 10
    assert paid == budget // 10 * 10
    assert (sum(a for a, _ in purses(campaign)), sum(c for _, c in purses(campaign))) == (budget, paid)
    assert queries.campaign(campaign.id).committed == paid


def test_purses_emptied_during_the_search_are_unlocked(postgresql_app, monkeypatch):
    """PostgreSQL has locked them by then; a transaction that keeps them and waits for others can deadlock."""
    campaign = campaigns.begin(changed(budget=1000))
    slowly = budgets.FREE_PURSE.replace("WHERE", "WHERE (SELECT true FROM pg_sleep(0.5)) AND", 1)
    monkeypatch.setattr(budgets, "FREE_PURSE", slowly)
    empty = "UPDATE purse SET committed = allotted"

    with (
        driver_transaction() as cursor,
        meanwhile(lambda: budgets._lock_free_purse(cursor, campaign.id, 10)) as search,
    ):
        until_somebody_waits("Timeout")
        with db.engine.begin() as other:
            other.exec_driver_sql(empty)
        assert search.result() is None
        with db.engine.begin() as other:
            assert len(other.exec_driver_sql("SELECT 1 FROM purse FOR UPDATE NOWAIT").all()) == PURSES


def test_a_paused_campaign_commits_nothing(app):
    campaign = campaigns.begin(TERMS)
    campaigns.pause(campaign.id)
    assert not commit(campaign, 10)
    assert queries.campaign(campaign.id).committed == 0


def test_returned_points_can_be_promised_again_from_any_purse(app):
    campaign = campaigns.begin(changed(budget=50))
    assert [commit(campaign, 10) for _ in range(6)] == [True] * 5 + [False]
    with transaction() as session:
        budgets.give_back(session, campaign.id, 30)
    assert [commit(campaign, 10) for _ in range(4)] == [True] * 3 + [False]


def test_a_changed_budget_is_divided_beside_committed_points(app):
    campaign = campaigns.begin(changed(budget=100))
    for _ in range(5):
        assert commit(campaign, 10)
    campaigns.change(campaign.id, changed(budget=1000))
    assert (sum(a for a, _ in purses(campaign)), queries.campaign(campaign.id).left) == (1000, 950)
    campaigns.change(campaign.id, changed(budget=50))
    assert not commit(campaign, 1)

"""Tests that find what a form has made, even when it is being made at this moment."""

from __future__ import annotations

from datetime import date

from survey.rewards import campaigns
from survey.rewards.campaigns import CampaignTerms
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.catalogue import Reward
from survey.rewards.queries.making import find_made_with
from survey.rewards.rules.offers import PayingRate
from survey.transaction import transaction
from tests.locks import PATIENCE, meanwhile, until_somebody_waits

TERMS = CampaignTerms({"zh": "活动"}, date(2026, 1, 1), date(2026, 12, 31), 1000, (PayingRate(None, "", 10),))


def test_a_form_finds_only_what_it_made(app):
    made = campaigns.begin(TERMS, made_with="a form")
    campaigns.begin(TERMS)
    with transaction() as session:
        assert find_made_with(session, Campaign, "a form").id == made.id
        assert find_made_with(session, Campaign, "another") is None
        assert find_made_with(session, Campaign, None) is None
        assert find_made_with(session, Reward, "a form") is None


def test_a_double_tap_at_two_servers_makes_one_adjustment(postgresql_app):
    """The second transaction waits for the first at the unique number, and finds what the first has made."""
    with transaction() as session:
        made = Campaign(made_with="a form", title=TERMS.title, budget=1000)
        made.starts_on, made.ends_on = TERMS.starts_on, TERMS.ends_on
        session.add(made)
        session.flush()
        with meanwhile(lambda: campaigns.begin(TERMS, made_with="a form").id) as second:
            until_somebody_waits()
            session.commit()
            assert second.result(PATIENCE) == made.id

"""Tests that campaigns, rewards and adjustments are created once, however often their form is sent."""

from __future__ import annotations

import re

import pytest

from survey.db import db
from survey.rewards.models.books import Adjustment
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.catalogue import Reward
from tests import factories
from tests.factories import TODAY

PERIOD = {"starts_on": "2026-11-01", "ends_on": "2026-12-31"}
CAMPAIGN = {
    "title_zh": "冬",
    "budget": "100",
    "valid_months": "12",
    "vesting_days": "14",
    "rates-0-points": "5",
    "rates-0-channel": "",
    "rates-0-questionnaire": "",
}
REWARD = {"title_zh": "杯", "price": "50", "starts_on": "2026-11-01", "hold_days": "30"}
FORMS = [
    ("/admin/campaigns/-/new", Campaign, CAMPAIGN | PERIOD, "title_zh"),
    ("/admin/rewards/-/new/gift", Reward, REWARD, "title_zh"),
    ("/admin/adjustments/-/new", Adjustment, {"points": "20", "reason": "Lost"}, "reason"),
]


@pytest.fixture
def client(embedded_app):
    return factories.sign_in(embedded_app.test_client(), factories.staff("marketing"))


def opened(client, url: str) -> dict[str, str]:
    """Return the hidden fields of a form that was opened."""
    page = client.get(url).text
    return {
        name: re.search(f'name="{name}"[^>]* value="([^"]+)"', page)[1]
        for name in ("csrf_token", "made_with")
    }


@pytest.mark.parametrize(("url", "kind", "typed", "text"), FORMS)
def test_a_double_tap_creates_one_object_and_a_changed_form_another(client, url, kind, typed, text):
    owner = factories.wallet(30, TODAY)
    known = db.session.query(kind).count()
    sent = {"wallet": owner.number, "campaign": str(factories.campaign(30).id)} | typed | opened(client, url)
    first, second = (client.post(url, data=sent) for _tap in range(2))
    assert (first.status_code, first.location) == (303, second.location)
    assert db.session.query(kind).count() == known + 1
    gone_back = client.post(url, data=sent | {text: "Another"})
    opened_anew = client.post(url, data=sent | opened(client, url))
    assert len({first.location, gone_back.location, opened_anew.location}) == 3


@pytest.mark.parametrize("number", ["", "x", "0" * 33, "Ａ" * 32])
def test_a_forged_nonce_is_ignored(client, number):
    url, _kind, typed, _text = FORMS[1]
    sent = typed | opened(client, url) | {"made_with": number}
    assert client.post(url, data=sent).location != client.post(url, data=sent).location

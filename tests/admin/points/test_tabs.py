"""Tests that users see the tabs of the pages that they may open, with how much waits for a decision."""

from __future__ import annotations

import re

import pytest

from survey.rewards import adjusting
from survey.rewards.taking import take
from tests import factories
from tests.factories import TODAY

DECIDING = ["campaigns", "reviews", "adjustments"]


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        ("marketing", DECIDING),
        ("administrator", [*DECIDING, "books", "statements"]),
        ("auditor", [*DECIDING, "books", "statements"]),
    ],
)
def test_each_role_sees_its_tabs(enter, role, pages):
    client = enter(role)
    for name in pages:
        page = client.get(f"/admin/{name}/").text
        tabs = re.search(r'<nav class="tabs".*?</nav>', page, re.DOTALL)[0]
        assert re.findall(r'href="/admin/(\w+)/"', tabs) == pages
        assert f'/admin/{name}/" aria-current="page"' in tabs
        assert re.search(r'href="/admin/campaigns/"[^>]* aria-current', page)  # in the main navigation


def test_what_waits_for_a_decision_is_counted(enter):
    campaign, owner = factories.campaign(), factories.customer()
    client = enter("marketing")
    assert "pending" not in client.get("/admin/campaigns/?lang=en").text
    for _ in range(3):
        take(factories.claim(10, campaign), owner.id, TODAY, [("shared", 4)])
    adjusting.request(owner.number, campaign.id, 5, "Lost", factories.staff("marketing").id, TODAY)
    page = " ".join(re.sub(r"<[^>]+>", "", client.get("/admin/campaigns/?lang=en").text).split())
    assert "Points under review 3 pending" in page
    assert "Adjustments 1 pending" in page

from __future__ import annotations

import re

import pytest

from survey.db import db
from survey.rewards.models.campaigns import Campaign
from tests import factories
from tests.admin.forms import post

URL = "/admin/campaigns/"
GIVEN = {
    "title_zh": "春季活动",
    "title_en": "Spring",
    "starts_on": "2026-01-01",
    "ends_on": "2030-12-31",
    "budget": "10,000",
    "valid_months": "12",
    "vesting_days": "14",
    "rates-0-questionnaire": "",
    "rates-0-channel": "",
    "rates-0-points": "20",
}


@pytest.fixture
def marketing(embedded_app, sign_in):
    client = sign_in(embedded_app.test_client(), factories.staff("marketing"))
    client.get("/admin/account")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def send(client, page="-/new", **changes):
    return post(client, URL + page, URL + page, **GIVEN | changes)


def only_campaign() -> Campaign:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Campaign).one()


def test_the_empty_page_explains_campaigns(marketing):
    assert "No campaigns yet" in marketing.get(URL).text


def test_all_mistakes_are_shown_at_once(marketing):
    reply = send(marketing, title_zh=" ", title_en="", starts_on="", budget="-1")
    assert reply.status_code == 422
    errors = re.search(r'class="errors".*?</div>', reply.text, re.S)[0]
    assert re.findall(r'href="#([\w-]+)"', errors) == ["title_zh", "starts_on", "budget"]


def test_a_new_campaign_is_shown_with_its_budget_in_words(marketing):
    asked = factories.version()
    reply = send(
        marketing,
        **{
            "rates-1-questionnaire": str(asked.questionnaire_id),
            "rates-1-channel": "sms",
            "rates-1-points": "30",
            "rates-2-questionnaire": "",
            "rates-2-channel": "qr",
            "rates-2-points": "",
        },
    )
    assert reply.status_code == 303
    campaign = only_campaign()
    assert (campaign.title, campaign.budget) == ({"zh": "春季活动", "en": "Spring"}, 10_000)
    assert [(rate.channel, rate.points) for rate in campaign.rates] == [("", 20), ("sms", 30)]
    factories.claim(20, campaign)
    page = marketing.get(reply.location).text
    assert "0 claimed, 20 unclaimed, 9,980 left of 10,000" in page
    assert "Running" in page
    assert "Spring" in marketing.get(URL).text


def test_rows_are_added_without_javascript_and_no_input_is_lost(marketing):
    assert marketing.get(URL + "-/new").text.count('name="rates-') == 3
    reply = send(
        marketing,
        more="1",
        budget="not yet",
    )
    assert reply.status_code == 200
    assert reply.text.count('name="rates-') == 6
    assert 'value="20"' in reply.text
    assert 'value="not yet"' in reply.text
    assert "Please check" not in reply.text
    assert db.session.query(Campaign).count() == 0


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("budget", "0", "must be 1 to 2,000,000,000 points"),
        ("budget", "-5", "must be 1 to 2,000,000,000 points"),
        ("budget", "2000000001", "must be 1 to 2,000,000,000 points"),
        ("budget", "9" * 30, "must be 1 to 2,000,000,000 points"),
        ("budget", "1.5", "Enter a whole number"),
        ("budget", "", "Enter a whole number of points"),
        ("rates-0-points", "0", "Points per response must be 1 to 10,000."),
        ("rates-0-points", "10001", "Points per response must be 1 to 10,000."),
        ("rates-0-points", "2,5x", "Enter a whole number"),
        ("rates-0-points", "", "Set the points of at least one row."),
        ("daily_cap", "0", "Must be at least 1"),
        ("valid_months", "121", "1 to 120 months"),
        ("vesting_days", "0", "1 to 365 days"),
        ("ends_on", "2025-12-31", "cannot end before it starts"),
        ("starts_on", "soon", "Not a valid date"),
        ("title_zh", " ", "a name"),
    ],
)
def test_a_mistake_is_shown_and_no_campaign_is_made(marketing, field, value, sentence):
    changes = {field: value} | ({"title_en": ""} if field == "title_zh" else {})
    reply = send(marketing, **changes)
    assert reply.status_code == 422
    assert sentence in reply.text
    assert 'class="errors"' in reply.text
    assert db.session.query(Campaign).count() == 0


@pytest.mark.parametrize(("field", "value"), [("budget", "1.5"), ("rates-0-points", "2.5"), ("budget", "0")])
def test_a_mistake_is_shown_once(marketing, field, value):
    text = send(marketing, **{field: value}).text
    assert re.findall(r'<li>\s*<a href="#([^"]*)">', text) == [field]


def test_two_rows_for_the_same_responses_are_rejected(marketing):
    twins = {"rates-1-questionnaire": "", "rates-1-channel": "", "rates-1-points": "30"}
    reply = send(marketing, **twins)
    assert "Two rows have the same questionnaire and channel." in reply.text
    assert reply.status_code == 422


def test_a_change_below_the_committed_points_is_rejected(marketing):
    campaign = factories.campaign(10)
    factories.claim(500, campaign)
    page = f"{campaign.id}/edit"
    text = marketing.get(URL + page).text
    assert "still earn the points they show" in text
    assert "500 points have been claimed or are still unclaimed" in text
    reply = send(marketing, page, budget="499")
    assert reply.status_code == 422
    assert re.search(
        "500 points have been claimed or are still unclaimed, so the budget cannot be lower", reply.text
    )
    assert send(marketing, page, budget="500").status_code == 303
    assert (only_campaign().budget, [rate.points for rate in only_campaign().rates]) == (500, [20])
    assert "Budget used up" in marketing.get(URL).text


def test_a_campaign_is_paused_and_resumed(marketing):
    campaign = factories.campaign(10)
    for act, paused, word in (("pause", True, "Paused"), ("resumption", False, "Running")):
        reply = post(marketing, f"{URL}{campaign.id}/{act}", f"{URL}{campaign.id}")
        assert reply.status_code == 303
        assert only_campaign().paused is paused
        assert word in marketing.get(URL).text


def test_states_follow_the_days(marketing):
    factories.campaign(1, starts_on=factories.FAR, ends_on=factories.FAR)
    factories.campaign(2, ends_on=factories.PUBLISHED_ON)
    text = marketing.get(URL).text
    assert "Upcoming" in text
    assert "Ended" in text


def test_an_auditor_reads_and_changes_nothing(embedded_app, sign_in):
    campaign = factories.campaign()
    auditor = sign_in(embedded_app.test_client(), factories.staff("auditor"))
    assert auditor.get(f"{URL}{campaign.id}?lang=en").status_code == 200
    assert "/edit" not in auditor.get(f"{URL}{campaign.id}").text
    assert "/admin/books/" in auditor.get(URL).text
    assert auditor.get(f"{URL}{campaign.id}/edit").status_code == 403


def test_marketing_cannot_open_the_ledger(marketing):
    assert "/admin/books/" not in marketing.get(URL).text
    assert marketing.get("/admin/books/").status_code == 403


def test_an_unknown_campaign_is_not_found(marketing):
    assert marketing.get(URL + "999").status_code == 404
    assert marketing.get(URL + "999/edit").status_code == 404

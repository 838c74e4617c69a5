from __future__ import annotations

import pytest
from sqlalchemy import select

from survey.db import db
from survey.rewards.models.books import Account, Adjustment
from tests import factories
from tests.admin.forms import post
from tests.factories import TODAY

URL = "/admin/adjustments/"


@pytest.fixture
def enter(embedded_app, sign_in):
    def as_(role):
        client = sign_in(embedded_app.test_client(), factories.staff(role))
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return as_


@pytest.fixture
def owner(embedded_app):
    return factories.wallet(30, TODAY)


def ask(client, owner, **changes):
    campaign = db.session.scalar(select(Account.campaign_id))
    given = {"wallet": owner.number, "campaign": str(campaign), "points": "20", "reason": "Lost points"}
    return post(client, URL + "-/new", URL + "-/new", **given | changes)


def wallet() -> int:
    db.session.rollback()
    return sum(db.session.scalars(select(Account.balance).filter_by(kind="wallet")))


def test_an_adjustment_approved_by_another_user_is_posted(enter, owner):
    asks, decides = enter("marketing"), enter("administrator")
    assert "No pending requests" in asks.get(URL).text
    page = ask(asks, owner).location
    mine, theirs = asks.get(page).text, decides.get(page).text
    assert "Your own request must be decided by somebody else." in mine
    assert "/approval" not in mine
    assert "/approval" in theirs
    assert owner.number in decides.get(URL).text
    assert post(decides, page + "/approval", page).status_code == 303
    assert "Approved. The points have been posted." in decides.get(page).text
    assert wallet() == 50
    assert "1 decided" in asks.get(URL + "?state=decided").text


def test_a_requester_cannot_approve_with_a_forged_form(enter, owner):
    asks = enter("marketing")
    page = ask(asks, owner).location
    assert post(asks, page + "/approval", page).status_code == 303
    assert "Your own request must be decided by somebody else." in asks.get(page).text
    assert wallet() == 30


def test_a_rejected_adjustment_posts_nothing(enter, owner):
    page = ask(enter("marketing"), owner).location
    decides = enter("marketing")
    post(decides, page + "/refusal", page)
    assert "Rejected. Nothing was posted." in decides.get(page).text
    assert wallet() == 30


def test_an_adjustment_beyond_the_balance_is_rejected(enter, owner):
    page = ask(enter("marketing"), owner, points="−31").location
    decides = enter("administrator")
    post(decides, page + "/approval", page)
    assert "The wallet has too few points of this campaign. Nothing was changed." in decides.get(page).text
    assert wallet() == 30


@pytest.mark.parametrize("points", ["0", "1000001", "-1000001", "1.5", "ten", "", "9" * 40])
def test_invalid_amounts_are_rejected_with_a_sentence(enter, owner, points):
    reply = ask(enter("marketing"), owner, points=points)
    assert reply.status_code == 422
    assert "Enter a whole number" in reply.text
    assert db.session.query(Adjustment).count() == 0


def test_an_unknown_wallet_and_a_missing_reason_are_rejected(enter, owner):
    client = enter("marketing")
    assert "No wallet has this number. Please check it." in ask(client, owner, wallet="0000000000").text
    assert "Enter a reason" in ask(client, owner, reason=" ").text


def test_an_approved_adjustment_is_reversed_by_two_users(enter, owner):
    asks, decides = enter("marketing"), enter("administrator")
    page = ask(asks, owner).location
    post(decides, page + "/approval", page)
    assert post(asks, page + "/reversal", page, reason="").status_code == 422
    back = post(asks, page + "/reversal", page, reason="A mistake").location
    assert "Reverses" in decides.get(back).text
    post(decides, back + "/approval", back)
    assert wallet() == 30
    assert "already" in post(asks, page + "/reversal", page, reason="Again").text


def test_an_auditor_reads(enter, owner):
    page = ask(enter("marketing"), owner).location
    auditor = enter("auditor")
    assert "Lost points" in auditor.get(page).text
    assert "/approval" not in auditor.get(page).text
    assert auditor.get(URL + "999").status_code == 404
    assert auditor.get(URL + "-/new").status_code == 403

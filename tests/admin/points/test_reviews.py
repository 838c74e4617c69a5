"""Tests of the pages of points under review."""

from __future__ import annotations

import pytest

from survey import settings
from survey.db import db
from survey.rewards import reviewing
from survey.rewards.models.reviews import Review
from survey.rewards.taking import take
from tests import factories
from tests.admin.forms import post
from tests.catalogue import zh

URL = "/admin/reviews/"
EN = {"Accept-Language": "en"}


def doubtful(device: int = 7, sign: str = "shared") -> int:
    today = settings.current().today()
    customer = factories.customer()
    take(factories.claim(10, expires_on=today), customer.id, today, [(sign, 4), ("device", device)])
    return db.session.scalar(db.select(db.func.max(Review.transfer_id)))


def state(transfer_id: int) -> str:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Review, transfer_id).state


def decide(client, verdict: str, *chosen: int, reason: str = ""):
    return post(
        client, f"{URL}decisions", "/admin/account", chosen=list(chosen), verdict=verdict, reason=reason
    )


def test_takings_of_one_device_are_grouped_with_their_signs(enter):
    first, _, third = doubtful(), doubtful(8), doubtful()
    page = enter("marketing").get(URL, headers=EN).text
    assert "One device, 2 claims" in page
    assert page.index(f'value="{first}"') < page.index(f'value="{third}"') < page.index("1 single claim")
    assert "One device claimed points for 4 wallets within a week." in page


def test_several_reviews_are_decided_at_once(enter):
    chosen = [doubtful(), doubtful()]
    other = doubtful()
    client = enter("marketing")
    assert decide(client, "void", *chosen, reason="one phone").status_code == 303
    assert zh("%(num)s claims voided.", num=2) in client.get(URL).text
    assert [state(transfer_id) for transfer_id in (*chosen, other)] == ["void", "void", "pending"]
    page = client.get(f"{URL}?state=done", headers=EN).text
    assert "one phone" in page
    assert "marketing" in page


def test_points_are_approved_without_a_reason(enter):
    review_id = doubtful()
    decide(enter("administrator"), "approve", review_id)
    assert state(review_id) == "approved"


@pytest.mark.parametrize(
    ("verdict", "chosen", "reason"),
    [("void", True, ""), ("approve", False, ""), ("perhaps", True, "x"), ("void", True, "x" * 501)],
)
def test_an_invalid_decision_changes_nothing_and_shows_the_reason(enter, verdict, chosen, reason):
    review_id = doubtful()
    reply = decide(enter("marketing"), verdict, *([review_id] if chosen else []), reason=reason)
    assert reply.status_code == 422
    assert state(review_id) == "pending"
    if chosen:
        assert f'value="{review_id}"' in reply.text


def test_a_second_decision_is_refused_with_a_message(enter):
    first, second = doubtful(), doubtful()
    reviewing.approve(first, factories.staff().id, "", settings.current().today())
    client = enter("marketing")
    decide(client, "void", first, second, reason="because")
    page = client.get(URL).text
    assert zh("Already decided by somebody else, or released automatically.") in page
    assert zh("%(num)s claim voided.", num=1) in page
    assert (state(first), state(second)) == ("approved", "void")


@pytest.mark.parametrize("chosen", [["x"], ["1" * 30], [999999]])
def test_forged_choices_cause_no_server_error(enter, chosen):
    reply = post(enter("marketing"), f"{URL}decisions", "/admin/account", chosen=chosen, verdict="approve")
    assert reply.status_code in {303, 422}


def test_an_auditor_reads_and_does_not_decide(enter):
    review_id = doubtful()
    client = enter("auditor")
    page = client.get(URL, headers=EN).text
    assert "1 single claim" in page
    assert "verdict" not in page
    assert decide(client, "approve", review_id).status_code == 403


def test_the_empty_page_explains_reviews(enter):
    client = enter("marketing")
    assert "No points under review" in client.get(URL, headers=EN).text
    assert "Nothing decided yet" in client.get(f"{URL}?state=done", headers=EN).text


def test_many_reviews_are_paginated(enter, monkeypatch):
    from admin.points import reviews

    monkeypatch.setattr(reviews, "PAGE", 2)
    for _ in range(3):
        doubtful()
    client = enter("marketing")
    assert client.get(URL).text.count('name="chosen"') == 2
    assert client.get(f"{URL}?page=2").text.count('name="chosen"') == 1


def test_signing_in_leaves_a_mark_for_wallets_alone(embedded_client, embedded_app):
    person = factories.staff("auditor")
    reply = post(
        embedded_client,
        "/admin/sign-in",
        "/admin/sign-in",
        username=person.username,
        password=factories.PASSWORD,
    )
    (mark,) = [cookie for cookie in reply.headers.getlist("Set-Cookie") if cookie.startswith("worked=")]
    assert "Path=/w" in mark
    assert "HttpOnly" in mark

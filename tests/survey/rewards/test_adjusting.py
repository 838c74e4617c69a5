"""Tests of adjustments: two people, a reason, a wallet that never falls below zero, and a reversal."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from survey.db import db
from survey.people.customers import index_of
from survey.people.models import Insider
from survey.refusal import Refused
from survey.rewards import adjusting
from survey.rewards.models.books import Account, Adjustment, Transfer
from survey.rewards.queries import adjustments as queries
from survey.rewards.verification import verify
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once


@pytest.fixture
def two(app):
    """Return the ids of the user who requests and the user who decides."""
    return factories.staff("marketing").id, factories.staff("administrator").id


@pytest.fixture
def owner(app):
    return factories.wallet(30, TODAY, factories.campaign())


def ask(owner, points, by, campaign=None) -> int:
    campaign = campaign or factories.campaign()
    return adjusting.request(owner.number, campaign.id, points, "A reason", by, TODAY).id


def wallet() -> int:
    db.session.rollback()
    return sum(db.session.scalars(select(Account.balance).filter_by(kind="wallet")))


def state(number: int) -> str:
    db.session.rollback()
    return db.session.scalar(select(Adjustment.state).filter_by(id=number))


def test_an_adjustment_approved_by_another_user_is_posted_once(owner, two):
    number = ask(owner, 20, two[0])
    assert wallet() == 30
    adjusting.approve(number, two[1], TODAY)
    assert wallet() == 50
    adjusting.approve(number, two[1], TODAY)  # a double tap
    for decide in (adjusting.approve, adjusting.refuse):
        with pytest.raises(Refused, match="This has already been decided"):
            decide(number, factories.staff("marketing").id, TODAY)
    assert wallet() == 50
    assert list(verify()) == []


def test_points_are_taken_from_those_that_expire_first(owner, two):
    adjusting.approve(ask(owner, 20, two[0]), two[1], date(2027, 2, 1))
    adjusting.approve(ask(owner, -40, two[0]), two[1], TODAY)
    db.session.rollback()
    left = db.session.execute(select(Account.expires_on, Account.balance).filter_by(kind="wallet"))
    assert set(left.all()) == {(date(2027, 11, 30), 0), (date(2028, 2, 29), 10)}
    assert list(verify()) == []


def test_a_wallet_never_falls_below_zero(owner, two):
    number = ask(owner, -31, two[0])
    with pytest.raises(Refused, match="The wallet has too few points of this campaign"):
        adjusting.approve(number, two[1], TODAY)
    assert (wallet(), state(number)) == (30, "requested")
    other = ask(owner, -1, two[0], factories.campaign(99))
    with pytest.raises(Refused, match="The wallet has too few points of this campaign"):
        adjusting.approve(other, two[1], TODAY)


def test_a_user_cannot_decide_their_own_request(owner, two):
    number = ask(owner, 20, two[0])
    for decide in (adjusting.approve, adjusting.refuse):
        with pytest.raises(Refused, match="decided by somebody else"):
            decide(number, two[0], TODAY)
    forced = update(Adjustment).values(state="approved", decided_by=two[0])
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(forced)
    adjusting.refuse(number, two[1], TODAY)
    assert (wallet(), state(number)) == (30, "refused")


@pytest.mark.parametrize("points", [0, 1_000_001, -1_000_001, 10**20, 1.5, "10", None, True])
def test_invalid_amounts_are_rejected(owner, two, points):
    with pytest.raises(Refused, match="whole number"):
        ask(owner, points, two[0])


def test_an_adjustment_needs_a_reason_and_an_existing_wallet(owner, two):
    campaign = factories.campaign()
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(Refused, match="Enter a reason"):
            adjusting.request(owner.number, campaign.id, 5, reason, two[0], TODAY)
    with pytest.raises(Refused, match="No wallet has this number"):
        adjusting.request("1234567890", campaign.id, 5, "x", two[0], TODAY)
    assert queries.count(True) == 0


def test_insiders_get_no_points(owner, two):
    phone = "+8613800138000"
    insider = factories.customer(phone)
    with transaction() as session:
        session.add(Insider(kind="phone", blind=index_of("phone", phone), added_on=TODAY))
    with pytest.raises(Refused, match="cannot earn points"):
        adjusting.approve(ask(insider, 5, two[0]), two[1], TODAY)


def test_an_adjustment_is_reversed_once(owner, two):
    first = ask(owner, -20, two[0])
    with pytest.raises(Refused, match="approved"):
        adjusting.request_reversal(first, "A mistake", two[0], TODAY)
    adjusting.approve(first, two[1], TODAY)
    back = adjusting.request_reversal(first, "A mistake", two[1], TODAY)
    assert (back.points, back.reverses_id) == (20, first)
    assert adjusting.request_reversal(first, "A mistake", two[1], TODAY).id == back.id
    with pytest.raises(Refused, match="already"):
        adjusting.request_reversal(first, "A mistake", two[0], TODAY)
    adjusting.approve(back.id, two[0], TODAY)
    assert wallet() == 30
    transfers = db.session.scalars(select(Transfer).filter_by(reason="adjust").order_by(Transfer.id)).all()
    assert transfers[1].reverses_id == transfers[0].id
    assert list(verify()) == []


def test_spent_points_cannot_be_reversed(owner, two):
    first = ask(owner, 20, two[0])
    adjusting.approve(first, two[1], date(2027, 2, 1))
    adjusting.approve(ask(owner, -50, two[0]), two[1], TODAY)
    back = adjusting.request_reversal(first, "A mistake", two[0], TODAY)
    with pytest.raises(Refused, match="The wallet has too few points of this campaign"):
        adjusting.approve(back.id, two[1], TODAY)
    adjusting.refuse(back.id, two[1], TODAY)
    assert adjusting.request_reversal(first, "Once more", two[0], TODAY).id != back.id


def decide(number: int, by: int, says: str) -> str:
    try:
        (adjusting.approve if says == "approve" else adjusting.refuse)(number, by, TODAY)
    except Refused as refused:
        return str(refused)
    return "done"


@pytest.mark.parametrize("says", ["approve", "refuse"])
def test_one_of_two_simultaneous_decisions_counts(app, owner, two, says):
    others = [factories.staff("marketing").id for _ in range(3)]
    number = ask(owner, 20, two[0])
    words = ["approve", says, "approve", says]
    work = [(number, by, word) for by, word in zip((two[1], *others), words, strict=True)]
    done = at_once(app.config["SETTINGS"], decide, work)
    assert sorted(done) == ["This has already been decided."] * 3 + ["done"]
    assert wallet() == (50 if state(number) == "approved" else 30)
    assert list(verify()) == []


def test_lists_show_waiting_adjustments_oldest_first_and_decided_latest_first(owner, two):
    first, second, third = (ask(owner, points, two[0]) for points in (1, 2, 3))
    assert [adjustment.id for adjustment in queries.adjustments(True, 0, 10)] == [first, second, third]
    for number in (first, third):
        adjusting.refuse(number, two[1], TODAY)
    db.session.rollback()
    assert [adjustment.id for adjustment in queries.adjustments(False, 0, 10)] == [third, first]
    assert (queries.count(True), queries.count(False)) == (1, 2)
    assert queries.adjustment(first).decider.id == two[1]

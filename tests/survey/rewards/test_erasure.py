"""Tests of deleting a wallet: the person is forgotten, and the ledger keeps its sums."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import func, select

from survey.db import db
from survey.people import customers, one_time_codes
from survey.people.models import Customer, Identity, OneTimeCode
from survey.people.one_time_codes import Asker
from survey.refusal import Refused
from survey.rewards import redemption
from survey.rewards.erasure import erase
from survey.rewards.models.books import Account, Entry, Transfer
from survey.rewards.models.catalogue import Reward
from survey.rewards.models.redemptions import Redemption
from survey.rewards.models.reviews import DeviceDay, Review
from survey.rewards.taking import take
from survey.settings import now
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once

NUMBER = "+8613800138000"


def sums():
    """Return the balances by kind of account, after checking each against its entries."""
    db.session.rollback()
    for account in db.session.scalars(select(Account)):
        entered = db.session.scalar(select(func.sum(Entry.amount)).filter_by(account_id=account.id))
        assert account.balance == (entered or 0)
    rows = db.session.execute(select(Account.kind, func.sum(Account.balance)).group_by(Account.kind))
    totals = {kind: int(points) for kind, points in rows if points}
    assert sum(totals.values()) == 0
    return totals


def owner_of_all_kinds():
    """Return a customer with points of two campaigns and days, and with expired, doubtful and held points."""
    owner = factories.customer(NUMBER)
    for code in (factories.claim(20), factories.claim(30), factories.claim(10, doubt="burst")):
        take(code, owner.id, TODAY)
    take(factories.claim(5), owner.id, date(2025, 1, 1))
    reward = factories.reward(price=8, remaining=3)
    redemption.reserve(uuid.uuid4(), owner.id, reward.id, 8, TODAY)
    return owner


def test_all_points_are_posted_out_by_one_transfer_and_the_sums_stay(app):
    owner = owner_of_all_kinds()
    issued = sums()["issued"]
    assert sums() == {"issued": issued, "wallet": 47, "pending": 10, "held": 8}
    erase(owner.id, TODAY)
    assert sums() == {"issued": issued, "expired": 65}
    transfer = db.session.scalars(select(Transfer).filter_by(reason="erase")).one()
    assert (transfer.source, transfer.day) == (str(owner.id), TODAY)


def test_reservations_are_cancelled_and_their_items_returned(app):
    owner = owner_of_all_kinds()
    erase(owner.id, TODAY)
    db.session.rollback()
    assert db.session.scalars(select(Redemption)).one().state == "cancelled"
    assert db.session.scalars(select(Reward)).one().remaining == 3
    reasons = db.session.scalars(select(Transfer.reason).order_by(Transfer.id)).all()
    assert reasons[-2:] == ["release", "erase"]


def test_nothing_leads_to_an_erased_customer(app):
    owner = owner_of_all_kinds()
    session_key = owner.session_key
    one_time_codes.issue(Asker(NUMBER, "d", "a"), now())
    with transaction() as session:
        session.add(DeviceDay(device=bytes(16), customer_id=owner.id, day=TODAY))
    assert customers.by_session(owner.number, session_key) is not None
    erase(owner.id, TODAY)
    db.session.expire_all()
    for table in (Identity, DeviceDay, OneTimeCode):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
    erased = db.session.get_one(Customer, owner.id)
    assert erased.erased_on == TODAY
    assert customers.by_session(owner.number, session_key) is None
    assert customers.by_session(owner.number, erased.session_key) is None
    assert db.session.scalars(select(Review)).one().state == "erased"


def test_other_customers_keep_their_points(app):
    other = factories.wallet(40, TODAY)
    erase(owner_of_all_kinds().id, TODAY)
    assert sums()["wallet"] == 40
    assert customers.identities(other.id)


def test_erasing_is_idempotent(app):
    owner = owner_of_all_kinds()
    erase(owner.id, TODAY)
    before = sums()
    erase(owner.id, TODAY)
    erase(10**6, TODAY)
    assert sums() == before
    assert db.session.scalar(select(func.count()).select_from(Transfer).filter_by(reason="erase")) == 1


def test_an_empty_wallet_is_erased_without_a_transfer(app):
    erase(factories.customer().id, TODAY)
    assert db.session.scalar(select(func.count()).select_from(Transfer)) == 0
    assert db.session.scalar(select(func.count()).select_from(Identity)) == 0


def test_an_erased_number_opens_a_new_empty_wallet(app):
    owner = owner_of_all_kinds()
    erase(owner.id, TODAY)
    fresh = customers.enter("phone", NUMBER, TODAY)
    assert fresh.id != owner.id
    assert fresh.number != owner.number


def test_points_taken_while_a_wallet_is_deleted_are_deleted_or_stay_in_their_claims(app):
    owner = factories.wallet(20, TODAY)
    codes = [factories.claim(10) for _ in range(3)]
    outcomes = at_once(app.config["SETTINGS"], _act, [(owner.id, code) for code in (*codes, "")])
    taken = outcomes.count("taken")
    assert outcomes.count("erased") == 1
    assert taken + outcomes.count("This wallet has been deleted.") == 3
    assert sums() == {"issued": -20 - 10 * taken, "expired": 20 + 10 * taken}


def _act(customer_id: int, code: str) -> str:
    try:
        if not code:
            erase(customer_id, TODAY)
            return "erased"
        take(code, customer_id, TODAY)
    except Refused as refused:
        return refused.text
    return "taken"

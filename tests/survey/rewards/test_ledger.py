"""Tests of posting: transfers balance, are posted once, never fall below zero and are never changed."""

from datetime import date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from survey.audit.models import AuditLine
from survey.db import db, unprotected
from survey.rewards import ledger
from survey.rewards.models.books import Account, Entry, Transfer
from survey.rewards.queries import books
from survey.rewards.rules.posting import Key, Lot, Unbalanced
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once

LAST = date(2027, 11, 30)


@pytest.fixture
def two(app):
    """Return the keys of a campaign's account and of a customer's."""
    campaign, customer = factories.campaign(), factories.customer()
    return Key("issued", campaign.id), Key("wallet", campaign.id, customer.id, LAST)


def post(entries, source="a", reason="claim"):
    with transaction() as session:
        return ledger.post(session, reason, source, TODAY, entries)


def balances():
    db.session.rollback()
    return {account.kind: account.balance for account in db.session.query(Account)}


def test_a_transfer_moves_points_between_accounts(two):
    issued, wallet = two
    assert post({issued: -30, wallet: 30}) is not None
    assert balances() == {"issued": -30, "wallet": 30}
    assert books.balances(wallet.customer_id, TODAY) == {"wallet": 30}
    assert books.lots(db.session, wallet.customer_id) == [Lot(wallet.campaign_id, LAST, 30)]


def test_the_same_source_is_posted_once_for_each_reason(two):
    issued, wallet = two
    assert post({issued: -30, wallet: 30}) is not None
    assert post({issued: -30, wallet: 30}) is None
    assert post({issued: -99, wallet: 99}) is None
    assert balances() == {"issued": -30, "wallet": 30}
    assert post({issued: -1, wallet: 1}, reason="adjust") is not None


def test_an_unbalanced_transfer_leaves_no_trace(two):
    issued, wallet = two
    with pytest.raises(Unbalanced):
        post({issued: -30, wallet: 31})
    assert (balances(), db.session.query(Transfer).count()) == ({}, 0)


def test_a_wallet_never_falls_below_zero(two):
    issued, wallet = two
    post({issued: -30, wallet: 30})
    with pytest.raises(IntegrityError):
        post({wallet: -31, issued: 31}, "b")
    assert balances() == {"issued": -30, "wallet": 30}
    assert db.session.query(Transfer).count() == 1


def test_a_transfer_is_reversed_once(two):
    issued, wallet = two
    number = post({issued: -30, wallet: 30})
    with transaction() as session:
        assert ledger.reverse(session, number, "undo", TODAY) is not None
        assert ledger.reverse(session, number, "undo", TODAY) is None
    assert balances() == {"issued": 0, "wallet": 0}
    assert db.session.query(Transfer).filter_by(reverses_id=number).count() == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE entry SET amount = 31 WHERE amount = 30", "DELETE FROM entry", "UPDATE transfer SET day = day",
     "DELETE FROM transfer"],
)  # fmt: skip
def test_the_database_refuses_changes_of_posted_entries(two, statement):
    issued, wallet = two
    post({issued: -30, wallet: 30})
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(statement))
    assert {entry.amount for entry in db.session.query(Entry)} == {-30, 30}


def test_a_balance_is_points_received_less_points_spent(two):
    issued, wallet = two
    post({issued: -30, wallet: 30})
    held = Key("held", *wallet[1:])
    post({wallet: -20, held: 20}, reason="hold")
    assert books.balances(wallet.customer_id, TODAY) == {"wallet": 10, "held": 20}


def test_expired_points_are_not_in_the_balance(two):
    issued, wallet = two
    post({issued: -30, wallet: 30})
    assert books.balances(wallet.customer_id, date(2027, 12, 1)) == {}


@pytest.mark.parametrize("statement", ["UPDATE audit_line SET role = 'auditor'", "DELETE FROM audit_line"])
def test_the_database_refuses_to_change_the_audit_log(app, statement):
    nothing = {"subject": {}, "changes": [], "previous": bytes(32), "digest": bytes(32)}
    with transaction() as session:
        session.add(
            AuditLine(number=1, at=datetime.fromisoformat("2026-11-23"), role="x", act="x", **nothing)
        )
    with pytest.raises(DBAPIError, match="audit_line is append-only"), transaction() as session:
        session.execute(text(statement))


def test_the_protection_lifted_for_a_removal_is_restored(two):
    issued, wallet = two
    post({issued: -30, wallet: 30})
    with db.engine.begin() as connection, unprotected(connection):
        connection.execute(text("DELETE FROM entry"))
    post({issued: -30, wallet: 30}, "b")
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text("DELETE FROM entry"))


def post_each_twice(issued: Key, wallet: Key) -> int:
    """Return how many of twenty sources, each tried twice, were posted by this process."""
    done = [post({issued: -1, wallet: 1}, f"{source}") for source in range(20) for _ in range(2)]
    return sum(transfer_id is not None for transfer_id in done)


def test_processes_that_post_the_same_transfers_post_each_once(app, two):
    assert sum(at_once(app.config["SETTINGS"], post_each_twice, [two] * 4)) == 20
    assert balances() == {"issued": -20, "wallet": 20}

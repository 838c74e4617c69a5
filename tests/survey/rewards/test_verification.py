"""Tests of verifying the ledger: a correct ledger has no differences, and each kind of damage is reported."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import text

from survey import settings
from survey.db import db, unprotected
from survey.rewards import handing_out, redemption, stocking
from survey.rewards.codes import code_of
from survey.rewards.queries import proving
from survey.rewards.verification import PROOFS, LedgerDifference, verify
from tests import factories
from tests.factories import TODAY

from .books import history


@pytest.fixture
def books(app):
    return history()


def verified_differences() -> list[LedgerDifference]:
    db.session.rollback()
    return list(verify())


def damage(*statements: str) -> None:
    with db.engine.begin() as connection, unprotected(connection):
        for statement in statements:
            connection.execute(text(statement))


def test_a_correct_history_has_no_differences(books):
    assert verified_differences() == []


def test_an_empty_ledger_has_no_differences(app):
    assert verified_differences() == []


WALLET = "(SELECT min(id) FROM account WHERE kind = 'wallet' AND balance > 0)"
ISSUED = "(SELECT min(id) FROM account WHERE kind = 'issued')"
LAST = "(SELECT max(id) FROM transfer)"
CLAIM = "(SELECT min(code_hash) FROM claim WHERE state = 'taken')"
DAMAGE = {
    "a balance that somebody raised": (
        [f"UPDATE account SET balance = balance + 5 WHERE id = {WALLET}"],
        {"balance": (5,), "campaign": (5,)},
    ),
    "an entry that somebody changed": (
        [f"UPDATE entry SET amount = amount + 5 WHERE transfer_id = {LAST} AND amount > 0"],
        {"balance": (-5,), "transfer": (5,), "credit": (5,)},
    ),
    "entries that somebody removed": (
        [f"DELETE FROM entry WHERE transfer_id = {LAST}"],
        {"lone": (-2,), "balance": (-10, 10), "credit": (-10,)},
    ),
    "a reservation whose points are not held": (
        ["UPDATE redemption SET price = price + 3 WHERE state = 'reserved'"],
        {"held": (-3,)},
    ),
    "a review that is gone": (["DELETE FROM review"], {"pending": (10,)}),
    "a reward that was given and not paid": (
        ["UPDATE redemption SET price = price + 3 WHERE state = 'fulfilled'"],
        {"redeemed": (-3,)},
    ),
    "a claim that was posted and is open again": (
        [f"UPDATE claim SET state = 'open' WHERE code_hash = {CLAIM}"],
        {"credit": None},
    ),
    "a claim that was taken and not posted": (
        ["UPDATE claim SET state = 'taken' WHERE state = 'open'"],
        {"credit": (-10,)},
    ),
    "a claim worth more than was posted": (
        [f"UPDATE claim SET points = points + 7 WHERE code_hash = {CLAIM}"],
        {"credit": (-7,), "committed": (-7,)},
    ),
    "a budget that forgot a claim": (
        ["UPDATE purse SET committed = committed - 10 WHERE number = 0"],
        {"committed": None},
    ),
    "a purse that somebody filled": (
        ["UPDATE purse SET allotted = allotted + 10 WHERE number = 3"],
        {"allotted": (10, 10)},
    ),
    "a claim that is void, its points not given back": (
        ["UPDATE claim SET state = 'void' WHERE state = 'open'"],
        {"committed": (10,)},
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_reported(books, name):
    statements, expected = DAMAGE[name]
    damage(*statements)
    differences = verified_differences()
    assert {difference.kind for difference in differences} == set(expected)
    for kind, sizes in expected.items():
        if sizes is not None:
            sizes_found = sorted(
                difference.actual - difference.expected
                for difference in differences
                if difference.kind == kind
            )
            assert sizes_found == sorted(sizes)


STOCK_DAMAGE = {
    "one that went without a customer": ("UPDATE stock SET remaining = remaining - 1", (6, 5)),
    "one that somebody put there by hand": ("UPDATE stock SET remaining = remaining + 1", (6, 7)),
    "a reservation that is gone": (
        "UPDATE redemption SET state = 'cancelled' WHERE state = 'reserved'",
        (7, 6),
    ),
    "a stock that is gone": ("DELETE FROM stock", (-2, 0)),
}


@pytest.mark.parametrize("name", STOCK_DAMAGE)
def test_unexplained_stock_is_reported(app, name):
    point, owner = factories.place(code="P1"), factories.wallet(50, TODAY)
    gift = factories.reward("gift", stock={point: 5})
    handed_out, other, given_back = (
        redemption.reserve(uuid.uuid4(), owner.id, gift.id, 10, TODAY, point.id) for _ in range(3)
    )
    redemption.cancel(given_back.id, owner.id, TODAY)
    handing_out.hand_out(
        code_of(handed_out), point, factories.staff("counter", point).id, TODAY, settings.now()
    )
    stocking.put(gift.id, point, 8, seen=3)
    stocking.import_stock(gift.id, "place,stock\nP1,6\n")
    assert other.state == "reserved"
    assert verified_differences() == []
    damage(STOCK_DAMAGE[name][0])
    reported = [
        (difference.about, difference.expected, difference.actual)
        for difference in verified_differences()
        if difference.kind == "stock"
    ]
    assert reported == [(f"{gift.id} at place {point.id}", *STOCK_DAMAGE[name][1])]


def test_a_transfer_between_campaigns_is_reported(books):
    """The transfer sums to zero, but neither campaign does."""
    other = f"(SELECT max(id) FROM account WHERE kind = 'issued' AND id <> {ISSUED})"
    damage(
        f"UPDATE entry SET account_id = {other} WHERE account_id = {ISSUED} AND transfer_id = {LAST}",
        f"UPDATE account SET balance = balance + 10 WHERE id = {ISSUED}",
        f"UPDATE account SET balance = balance - 10 WHERE id = {other}",
    )
    assert {difference.kind for difference in verified_differences()} == {"transfer", "campaign"}


def test_an_unposted_adjustment_is_reported(books):
    insert = (
        "INSERT INTO adjustment (customer_id, campaign_id, points, reason, state, requested_by,"
        " requested_on, decided_by, decided_on) SELECT customer_id, campaign_id, 25, 'x', 'approved', {a},"
        " '2026-11-01', {b}, '2026-11-01' FROM account WHERE kind = 'held' AND balance > 0"
    )
    a, b = (staff_id() for _ in range(2))
    damage(insert.format(a=a, b=b))
    assert [
        (difference.kind, difference.expected, difference.actual) for difference in verified_differences()
    ] == [("adjustment", 25, 0)]


def staff_id() -> int:
    return factories.staff("marketing").id


def code(redemption: str, reward: str) -> str:
    blind = uuid.uuid4().hex * 2
    value = f"'\\x{blind}'" if db.engine.name == "postgresql" else f"x'{blind}'"
    return (
        "INSERT INTO coupon_code (reward_id, blind, sealed, redemption_id)"
        f" VALUES ({reward}, {value}, {value}, {redemption})"
    )


def test_wrong_and_missing_coupon_codes_are_reported(books):
    given = "(SELECT id FROM redemption WHERE state = 'fulfilled')"
    its = "(SELECT reward_id FROM redemption WHERE state = 'fulfilled')"
    other = "(SELECT reward_id FROM redemption WHERE state = 'reserved')"
    damage(f"UPDATE reward SET kind = 'uploaded' WHERE id = {its}")
    assert [(difference.kind, difference.expected) for difference in verified_differences()] == [
        ("codeless", 1)
    ]
    damage(code(given, its))
    assert verified_differences() == []
    damage(f"UPDATE coupon_code SET reward_id = {other}")
    assert [difference.kind for difference in verified_differences()] == ["code"]


def test_each_proof_has_its_query():
    queries: set[Callable] = set(PROOFS.values())
    assert all(getattr(proving, query.__name__) is query for query in queries)
    assert len(queries) == len(PROOFS)

"""Tests of the monthly statement, which agrees with entries that are added up in another way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from survey.db import db
from survey.rewards.models.books import Account, Entry, Transfer
from survey.rewards.queries.statement import balances, promised_points
from survey.rewards.rules.statement import StatementLine
from survey.rewards.statement import monthly_statement

from .books import NOVEMBER, OCTOBER, history


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-23 12:00:00+08:00", tick=False):
        yield


def entries(campaign_id: int, since: date, until: date) -> list[tuple[str, int]]:
    """Return (reason, points) of every entry on a customer's account, selected in Python and not in SQL."""
    rows = db.session.execute(select(Entry, Transfer, Account).join(Entry.transfer).join(Entry.account))
    return [
        (transfer.reason, entry.amount)
        for entry, transfer, account in rows
        if account.customer_id is not None
        and account.campaign_id == campaign_id
        and since <= transfer.day <= until
    ]


def summed(rows: list[tuple[str, int]], *reasons: str) -> int:
    return sum(points for reason, points in rows if not reasons or reason in reasons)


@pytest.mark.parametrize("month", [date(2026, 9, 1), OCTOBER, NOVEMBER, date(2026, 12, 1)])
def test_every_figure_is_the_sum_of_its_entries(app, month):
    ten, twenty = history()
    statement = monthly_statement(month)
    assert statement.last == (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    for campaign in (ten, twenty):
        before = entries(campaign.id, date.min, month - timedelta(days=1))
        during = entries(campaign.id, month, statement.last)
        if not before + during:
            continue
        assert next(line for key, line in statement.lines.items() if key.id == campaign.id) == StatementLine(
            opening=summed(before),
            issued=summed(during, "claim"),
            voided=summed(during, "void"),
            adjusted=summed(during, "adjust"),
            redeemed=summed(during, "redeem", "undo"),
            expired=summed(during, "expire", "erase"),
            closing=summed(before + during),
        )
    assert statement.reconciles
    assert statement.total.reconciles


def test_the_closing_is_the_next_opening_and_finally_the_balance_of_accounts(app):
    history()
    october, november = monthly_statement(OCTOBER), monthly_statement(NOVEMBER)
    assert october.total == StatementLine(opening=10, issued=40, redeemed=-15, closing=35)
    assert november.total == StatementLine(opening=35, issued=30, closing=65)
    owed = sum(
        points
        for kinds in balances().values()
        for kind, points in kinds.items()
        if kind in ("wallet", "pending", "held")
    )
    assert owed == november.total.closing
    assert all(sum(kinds.values()) == 0 for kinds in balances().values())


def test_a_statement_shows_open_claims_separately(app):
    campaign, _ = history()
    assert monthly_statement(OCTOBER).open_claims == (1, 10)
    assert promised_points() == {campaign.id: 10}
    assert set(balances(campaign.id)) == {campaign.id}


def test_a_statement_before_the_first_points_is_empty(app):
    statement = monthly_statement(NOVEMBER)
    assert statement.lines == {}
    assert statement.total == StatementLine()
    assert statement.reconciles

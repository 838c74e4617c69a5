"""Tests that pages of wallets are small and run the same number of statements after a long history."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from survey import settings
from survey.db import db
from survey.people import customers
from survey.rewards.taking import take
from tests import factories

ROOT = Path(__file__).resolve().parents[4]
MOST_BYTES = 3_000
MOST_STATEMENTS = 20


@pytest.fixture
def visit(phone):
    """Return the reply to a page and the number of statements it ran."""

    def visit(path):
        asked: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            return phone.get(path), len(asked)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return visit


def test_the_sheet_of_wallets_is_at_most_three_kilobytes():
    assert len(gzip.compress((ROOT / "static/css/wallet.css").read_bytes(), 9)) <= 3_000


@pytest.mark.parametrize("path", ["/w/", "/w/data", "/w/data/deletion", "/w/claims/x"])
def test_a_page_is_light_and_its_statements_do_not_grow(phone, visit, path):
    owner = customers.enter("phone", "+8613800138000", date(2026, 11, 1))
    take(factories.claim(10), owner.id, settings.current().today())
    phone.sign_in()
    _, few = visit(path)
    for points in range(10, 40):
        take(factories.claim(points), owner.id, settings.current().today())
    reply, many = visit(path)
    assert len(gzip.compress(reply.data, 9)) <= MOST_BYTES
    assert few == many <= MOST_STATEMENTS

"""Balances of the ledger, for tests of use cases that post to it."""

from __future__ import annotations

from sqlalchemy import func, select

from survey.db import db
from survey.rewards.models.books import Account, Entry


def balances(customer) -> dict[str, int]:
    """Return the posted points of a customer by kind of account."""
    db.session.rollback()
    statement = select(Account.kind, func.sum(Account.balance)).where(Account.customer_id == customer.id)
    rows = db.session.execute(statement.group_by(Account.kind))
    return {kind: int(total) for kind, total in rows if total}


def company_balances() -> dict[str, int]:
    """Return the company's points by kind of account."""
    db.session.rollback()
    statement = select(Account.kind, func.sum(Account.balance)).where(Account.customer_id.is_(None))
    return {kind: int(total) for kind, total in db.session.execute(statement.group_by(Account.kind)) if total}


def is_balanced() -> bool:
    """Return whether all entries sum to zero and every balance is the sum of its entries."""
    db.session.rollback()
    summed = dict(
        db.session.execute(select(Entry.account_id, func.sum(Entry.amount)).group_by(Entry.account_id)).all()
    )
    kept = dict(db.session.execute(select(Account.id, Account.balance)).all())
    return sum(summed.values()) == 0 and all(
        summed.get(account_id, 0) == balance for account_id, balance in kept.items()
    )

"""What the books say, for tests of those who post to them."""

from __future__ import annotations

from sqlalchemy import func, select

from survey.db import db
from survey.rewards.models.books import Account, Entry


def balances(customer) -> dict[str, int]:
    """The points of a customer by kind of account, as booked."""
    db.session.rollback()
    statement = select(Account.kind, func.sum(Account.balance)).where(Account.customer_id == customer.id)
    found = db.session.execute(statement.group_by(Account.kind))
    return {kind: int(total) for kind, total in found if total}


def companys() -> dict[str, int]:
    """The company's points by kind of account."""
    db.session.rollback()
    statement = select(Account.kind, func.sum(Account.balance)).where(Account.customer_id.is_(None))
    return {kind: int(total) for kind, total in db.session.execute(statement.group_by(Account.kind)) if total}


def is_balanced() -> bool:
    """All entries sum to zero, and every balance is the sum of its entries."""
    db.session.rollback()
    summed = dict(
        db.session.execute(select(Entry.account_id, func.sum(Entry.amount)).group_by(Entry.account_id)).all()
    )
    kept = dict(db.session.execute(select(Account.id, Account.balance)).all())
    return sum(summed.values()) == 0 and all(summed.get(one, 0) == balance for one, balance in kept.items())

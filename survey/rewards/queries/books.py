"""Queries that add and find accounts, transfers and entries of the ledger."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from survey.db import db, upsert
from survey.people.models import Customer
from survey.rewards.models.books import Account, Entry, Transfer
from survey.rewards.rules.posting import Key, Lot


def lock(session: Session, customer_id: int) -> Customer | None:
    """Return the customer, locked so that nobody else moves their points until the transaction ends."""
    statement = select(Customer).filter_by(id=customer_id).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def add_transfer(
    session: Session, reason: str, source: str, day: date, reverses_id: int | None = None
) -> int | None:
    """Add a transfer and return its id, None when this reason and source already have a transfer. Waits for a
    transaction that adds the same transfer at this moment."""
    values = {"reason": reason, "source": source, "day": day, "reverses_id": reverses_id}
    statement = upsert(Transfer, key=("reason", "source")).values(values)
    transfer_id: int | None = session.scalar(statement.returning(Transfer.id))
    return transfer_id


def account_ids(session: Session, keys: Iterable[Key]) -> dict[Key, int]:
    """Return the ids of the accounts, sorted by key so that transfers lock them in the same order; adds
    missing accounts."""
    ids = {}
    for key in sorted(keys, key=_order):
        where = select(Account.id).filter_by(**key._asdict())
        known = session.scalar(where)
        if known is None:
            session.execute(upsert(Account).values(**key._asdict(), balance=0))
            known = session.scalar(where)
        if known is None:
            raise LookupError(f"no account {key}")
        ids[key] = known
    return ids


def add_entries(session: Session, transfer_id: int, amounts: Mapping[int, int]) -> None:
    """Add entries by account id and update the balances in the order of ``amounts``. The order is that of
    account_ids(), so that transfers cannot deadlock. The database refuses a customer's balance below zero."""
    rows = [
        {"transfer_id": transfer_id, "account_id": account_id, "amount": amount}
        for account_id, amount in amounts.items()
    ]
    session.execute(insert(Entry), rows)
    for row in rows:
        session.execute(
            update(Account)
            .where(Account.id == row["account_id"])
            .values(balance=Account.balance + row["amount"])
            .execution_options(synchronize_session=False)
        )


def transfer(reason: str, source: str) -> Transfer | None:
    return db.session.scalar(select(Transfer).filter_by(reason=reason, source=source))


def reversal_of(session: Session, transfer_id: int) -> Transfer | None:
    """Return the transfer that reverses this transfer."""
    return session.scalar(select(Transfer).filter_by(reverses_id=transfer_id))


def entries(session: Session, transfer_id: int) -> dict[Key, int]:
    """Return the points that a transfer moved, by account."""
    columns = (Account.kind, Account.campaign_id, Account.customer_id, Account.expires_on, Entry.amount)
    rows = session.execute(select(*columns).join(Entry.account).where(Entry.transfer_id == transfer_id))
    return {Key(*row[:4]): row[4] for row in rows}


def lots(session: Session, customer_id: int, kind: str = "wallet", since: date | None = None) -> list[Lot]:
    """Return a customer's points by campaign and day of expiry, only those valid on ``since`` when given."""
    statement = select(Account.campaign_id, Account.expires_on, Account.balance).where(
        Account.customer_id == customer_id, Account.kind == kind, Account.balance > 0
    )
    if since is not None:
        statement = statement.where(Account.expires_on >= since)
    rows = session.execute(statement.order_by(Account.expires_on))
    return [Lot(campaign, day, points) for campaign, day, points in rows if day is not None]


def balances(customer_id: int, today: date) -> dict[str, int]:
    """Return a customer's points by kind of account ("wallet", "pending", "held"). Expired points are left
    out of the wallet even before their expiry is posted."""
    valid = (Account.kind != "wallet") | (Account.expires_on >= today)
    statement = select(Account.kind, func.sum(Account.balance)).where(
        Account.customer_id == customer_id, valid
    )
    return {kind: int(total) for kind, total in db.session.execute(statement.group_by(Account.kind))}


def taken_on(session: Session, customer_id: int, campaign_id: int, day: date) -> int:
    """Return the points of a campaign that a customer took on a day."""
    statement = (
        select(func.coalesce(func.sum(Entry.amount), 0))
        .join(Entry.transfer)
        .join(Entry.account)
        .where(
            Transfer.reason == "claim",
            Transfer.day == day,
            Account.customer_id == customer_id,
            Account.campaign_id == campaign_id,
        )
    )
    return int(session.scalar(statement) or 0)


def _order(key: Key) -> tuple[str, int, int, date]:
    """Return the sort key of accounts, which every transaction locks in the same order."""
    return key.kind, key.campaign_id, key.customer_id or 0, key.expires_on or date.min

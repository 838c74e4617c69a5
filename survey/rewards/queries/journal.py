"""Queries of the journal, which lists transfers with their entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, exists, func, select

from survey.db import db
from survey.people.models import Customer
from survey.rewards.models.books import Account, Entry, Transfer

REASONS = ("claim", "vest", "void", "hold", "release", "redeem", "undo", "expire", "adjust", "erase")

JournalEntry = Row[int, int, str, str | None, date | None, int]
"""(transfer, campaign, kind of account, number of the wallet, day of expiry, points)."""


@dataclass(frozen=True)
class TransferFilter:
    """A filter of transfers; a field that is None excludes none."""

    first: date | None = None
    last: date | None = None
    reason: str | None = None
    campaign_id: int | None = None


def transfers(transfer_filter: TransferFilter, before: int | None, most: int) -> Sequence[Transfer]:
    """Return up to ``most`` transfers, the latest first, only with ids below ``before`` when given."""
    statement = _filter(select(Transfer), transfer_filter).order_by(Transfer.id.desc()).limit(most)
    if before is not None:
        statement = statement.where(Transfer.id < before)
    return db.session.scalars(statement).all()


def entries(transfer_ids: Sequence[int]) -> dict[int, list[JournalEntry]]:
    """Return the entries by transfer, points taken before points given."""
    statement = _select_entries().where(Entry.transfer_id.in_(transfer_ids))
    entries_of: dict[int, list[JournalEntry]] = {}
    for row in db.session.execute(statement.order_by(Entry.transfer_id, Entry.amount, Entry.account_id)):
        entries_of.setdefault(row[0], []).append(row)
    return entries_of


def count_entries(transfer_filter: TransferFilter) -> int:
    """Return the number of entries that all_entries() would return."""
    transfer_ids = _filter(select(Transfer.id), transfer_filter)
    return db.session.scalar(select(func.count()).where(Entry.transfer_id.in_(transfer_ids))) or 0


def all_entries(transfer_filter: TransferFilter) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return each entry with its transfer's day, reason and reversed transfer, the oldest first."""
    statement = _select_entries(Transfer.day, Transfer.reason, Transfer.reverses_id).join(Entry.transfer)
    statement = _filter(statement, transfer_filter).order_by(
        Entry.transfer_id, Entry.amount, Entry.account_id
    )
    return db.session.execute(statement).all()


def _select_entries(*more: Any) -> Select[Any]:
    columns = (Account.campaign_id, Account.kind, Customer.number, Account.expires_on, Entry.amount)
    statement = select(Entry.transfer_id, *columns, *more).join(Entry.account)
    return statement.outerjoin(Customer, Customer.id == Account.customer_id)


def _filter(statement: Select[Any], transfer_filter: TransferFilter) -> Select[Any]:
    if transfer_filter.first is not None:
        statement = statement.where(Transfer.day >= transfer_filter.first)
    if transfer_filter.last is not None:
        statement = statement.where(Transfer.day <= transfer_filter.last)
    if transfer_filter.reason is not None:
        statement = statement.where(Transfer.reason == transfer_filter.reason)
    if transfer_filter.campaign_id is not None:
        entry_of_campaign = exists().where(Entry.transfer_id == Transfer.id, Entry.account_id == Account.id)
        statement = statement.where(
            entry_of_campaign.where(Account.campaign_id == transfer_filter.campaign_id).correlate(Transfer)
        )
    return statement

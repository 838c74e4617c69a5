"""Queries that count signs of misuse: the wallets of a device and the takings of a day."""

from datetime import date

from sqlalchemy import delete, exists, func, select, tuple_
from sqlalchemy.orm import Session

from survey.db import db, row_count, upsert
from survey.rewards.models.books import Account, Entry, Transfer
from survey.rewards.models.reviews import DeviceDay


def record_device(session: Session, device: bytes, customer_id: int, day: date) -> None:
    """Record that a device took points into a wallet on a day; idempotent."""
    values = {"device": device, "customer_id": customer_id, "day": day}
    session.execute(upsert(DeviceDay).values(values))


def count_wallets(session: Session, device: bytes, since: date) -> int:
    """Return the number of wallets that a device took points into since a day."""
    statement = select(func.count(DeviceDay.customer_id.distinct()))
    return session.scalar(statement.where(DeviceDay.device == device, DeviceDay.day >= since)) or 0


def count_takings(session: Session, customer_id: int, day: date) -> int:
    """Return the number of claims that a wallet took on a day."""
    statement = (
        select(func.count(Transfer.id.distinct()))
        .select_from(Transfer)
        .join(Entry, Entry.transfer_id == Transfer.id)
        .join(Account, Account.id == Entry.account_id)
        .where(Transfer.reason == "claim", Transfer.day == day, Account.customer_id == customer_id)
    )
    return session.scalar(statement) or 0


def has_device_days(before: date) -> bool:
    """Return whether forget_devices() has something to remove."""
    return bool(db.session.scalar(select(exists().where(DeviceDay.day <= before))))


def forget_devices(session: Session, before: date) -> int:
    """Remove the days of devices up to ``before`` and return their number. Rows that another worker is
    removing are skipped."""
    key = (DeviceDay.device, DeviceDay.customer_id, DeviceDay.day)
    due = select(*key).where(DeviceDay.day <= before).with_for_update(skip_locked=True)
    return row_count(session.execute(delete(DeviceDay).where(tuple_(*key).in_(due))))

"""Posting to the ledger. It is not a use case: use cases that move points call it inside their
transaction."""

from collections.abc import Mapping
from datetime import date

from survey.transaction import Session

from .queries import books
from .rules.posting import Key, check, reversal


def post(
    session: Session,
    reason: str,
    source: str,
    day: date,
    entries: Mapping[Key, int],
    reverses_id: int | None = None,
) -> int | None:
    """Post one transfer of ``entries`` by account and return its id.

    Returns None, and posts nothing, when this ``reason`` and ``source`` already have a transfer: posting is
    idempotent.

    Raises Unbalanced, and SQLAlchemy's IntegrityError when an account of a customer would fall below zero.
    """
    check(entries)
    transfer_id = books.add_transfer(session, reason, source, day, reverses_id)
    if transfer_id is not None:
        ids = books.account_ids(session, entries)
        books.add_entries(session, transfer_id, {account_id: entries[key] for key, account_id in ids.items()})
    return transfer_id


def reverse(session: Session, transfer_id: int, reason: str, day: date) -> int | None:
    """Post the reversal of a transfer and return its id; None when it was reversed before."""
    entries = reversal(books.entries(session, transfer_id))
    return post(session, reason, str(transfer_id), day, entries, transfer_id)

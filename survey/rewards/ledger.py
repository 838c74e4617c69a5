"""Posting to the books. Not a use case: whoever moves points calls it inside the one transaction of hers."""

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
    """Posts one transfer of ``entries`` by account, and returns its id.

    None, and nothing is posted, when there is one for this ``reason`` and ``source`` already: a repeat pays
    once.

    Raises Unbalanced, and sqlalchemy's IntegrityError when an account of a customer would fall below zero.
    """
    check(entries)
    transfer_id = books.add_transfer(session, reason, source, day, reverses_id)
    if transfer_id is not None:
        ids = books.account_ids(session, entries)
        books.add_entries(session, transfer_id, {account_id: entries[key] for key, account_id in ids.items()})
    return transfer_id


def reverse(session: Session, transfer_id: int, reason: str, day: date) -> int | None:
    """Posts the opposite of a transfer; None when that was done before."""
    entries = reversal(books.entries(session, transfer_id))
    return post(session, reason, str(transfer_id), day, entries, transfer_id)

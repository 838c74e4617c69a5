"""The use case "delete a wallet": nothing leads to the person any longer, and the ledger keeps its sums."""

from datetime import date

from survey.people.customers import forget
from survey.transaction import Session, transaction

from . import ledger, reservation
from .models.books import CUSTOMERS
from .queries import books, wallets
from .rules.posting import Key, settlement_entries


def erase(customer_id: int, today: date) -> None:
    """Cancel the customer's reservations, post all their points out by one transfer, and forget their
    identities and devices; their sessions end. Idempotent."""
    with transaction() as session:
        customer = books.lock(session, customer_id)
        if customer is None or customer.erased_on is not None:
            return
        reservation.release_all(session, customer_id, today)
        if entries := _all_points(session, customer_id):
            ledger.post(session, "erase", str(customer_id), today, entries)
        wallets.close_reviews(session, customer_id, today)
        wallets.forget_devices(session, customer_id)
        forget(session, customer, today)


def _all_points(session: Session, customer_id: int) -> dict[Key, int]:
    """Return the entries that move all points to "expired" by campaign, including expired points whose expiry
    was not posted yet."""
    entries: dict[Key, int] = {}
    for kind in CUSTOMERS:
        lots = books.lots(session, customer_id, kind)
        for key, points in settlement_entries(lots, customer_id, kind, "expired").items():
            entries[key] = entries.get(key, 0) + points
    return entries

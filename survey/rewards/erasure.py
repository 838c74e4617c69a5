"""The use case "delete a wallet": nothing leads to the person any more, and the books keep their sums."""

from datetime import date

from survey.people.customers import forget
from survey.transaction import Session, transaction

from . import ledger, reservation
from .models.books import CUSTOMERS
from .queries import books, wallets
from .rules.posting import Key, settlement_entries


def erase(customer_id: int, today: date) -> None:
    """Cancels what the customer has reserved, posts all her points out by one transfer and forgets what she
    was known by and her devices; her sessions end. A repeat changes nothing."""
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
    """The entries that take them to what is expired, by campaign; those too that had expired unbooked."""
    entries: dict[Key, int] = {}
    for kind in CUSTOMERS:
        lots = books.lots(session, customer_id, kind)
        for key, points in settlement_entries(lots, customer_id, kind, "expired").items():
            entries[key] = entries.get(key, 0) + points
    return entries

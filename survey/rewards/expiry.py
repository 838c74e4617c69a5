"""Due work: claims that nobody took in time return their points to the budget, and points in wallets expire.
Each call does a part in a transaction of its own; several workers may call it, and a killed worker loses
nothing."""

from survey import settings
from survey.transaction import transaction

from . import ledger
from .queries import books, budgets, expiring
from .rules.posting import Key

CLAIMS = 500
OWNERS = 50
"""The most wallets of one transaction, which other transactions wait for on SQLite."""


def expire_claims() -> int:
    """Expire a part of the due claims and return the points that went back to budgets."""
    today = settings.current().today()
    with transaction() as session:
        points = expiring.expire_claims(session, today, CLAIMS)
        for campaign_id in sorted(points):
            budgets.give_back(session, campaign_id, points[campaign_id])
    return sum(points.values())


def expire_points() -> int:
    """Expire the points of a part of the due wallets and return the points that went to "expired"."""
    today = settings.current().today()
    expired = 0
    with transaction() as session:
        owners = expiring.lock_owners(session, today, OWNERS)
        lots = expiring.past_lots(session, owners, today) if owners else []
        # All accounts are added first, so that a transaction that has changed a balance does not wait for
        # another that adds an account: they could deadlock.
        books.account_ids(session, {Key("expired", lot.campaign_id) for lot in lots})
        for lot in lots:
            customer_key = Key("wallet", lot.campaign_id, lot.customer_id, lot.expires_on)
            points = lot.balance
            entries = {customer_key: -points, Key("expired", lot.campaign_id): points}
            ledger.post(session, "expire", f"{lot.id}:{today.isoformat()}", today, entries)
            expired += points
    return expired

"""What expires: claims that nobody took in time, and points in wallets."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, String, cast, exists, select, update
from sqlalchemy.orm import Session

from survey.people.models import Customer
from survey.rewards.models.books import Account, Transfer
from survey.rewards.models.claims import Claim


def expire_claims(session: Session, today: date, most: int) -> dict[int, int]:
    """Marks up to ``most`` claims that are open and past their day as expired; their points by campaign.
    Those that another is taking or expiring at this moment are left out."""
    due = (
        select(Claim.code_hash)
        .where(Claim.state == "open", Claim.expires_on < today)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")  # as a subquery it may be asked anew for every row, and take more than its limit
    )
    statement = (
        update(Claim)
        .where(Claim.code_hash.in_(select(due.c.code_hash)), Claim.state == "open")
        .values(state="expired")
        .returning(Claim.campaign_id, Claim.points)
        .execution_options(synchronize_session=False)
    )
    points: dict[int, int] = {}
    for campaign_id, number in session.execute(statement):
        points[campaign_id] = points.get(campaign_id, 0) + number
    return points


def lock_owners(session: Session, today: date, most: int) -> list[int]:
    """Up to ``most`` customers with points past their day, whose points nobody else moves until the
    transaction ends; those that another has locked are left out."""
    owners = select(Account.customer_id).where(*_due(today)).order_by(Account.id).limit(most)
    statement = select(Customer.id).where(Customer.id.in_(owners)).order_by(Customer.id)
    return list(session.scalars(statement.with_for_update(skip_locked=True)))


def past_lots(session: Session, owners: Sequence[int], today: date) -> list[Account]:
    """The accounts of these customers whose points are past their day, by campaign: so are the company's
    accounts written in the order that is the same for all."""
    statement = select(Account).where(Account.customer_id.in_(owners), *_due(today))
    statement = statement.order_by(Account.campaign_id, Account.expires_on, Account.id)
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def _due(today: date) -> tuple[ColumnElement[bool], ...]:
    """Points may come back into a wallet on the day on which it was emptied (a reservation is let go): they
    expire on the next."""
    is_posted_today = exists().where(
        Transfer.reason == "expire",
        Transfer.source == cast(Account.id, String).concat(f":{today.isoformat()}"),
    )
    return Account.kind == "wallet", Account.balance > 0, Account.expires_on < today, ~is_posted_today

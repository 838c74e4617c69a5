"""Queries of what expires: claims that nobody took in time, and points in wallets."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, String, cast, exists, select, update
from sqlalchemy.orm import Session

from survey.people.models import Customer
from survey.rewards.models.books import Account, Transfer
from survey.rewards.models.claims import Claim


def expire_claims(session: Session, today: date, most: int) -> dict[int, int]:
    """Mark up to ``most`` open claims past their last day as expired and return their points by campaign.
    Claims that another transaction has locked are skipped."""
    due = (
        select(Claim.code_hash)
        .where(Claim.state == "open", Claim.expires_on < today)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")  # a subquery may be evaluated again for every row, and take more than its limit
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
    """Lock up to ``most`` customers with points past their last day until the transaction ends and return
    their ids. Customers that another transaction has locked are skipped."""
    owners = select(Account.customer_id).where(*_due(today)).order_by(Account.id).limit(most)
    statement = select(Customer.id).where(Customer.id.in_(owners)).order_by(Customer.id)
    return list(session.scalars(statement.with_for_update(skip_locked=True)))


def past_lots(session: Session, owners: Sequence[int], today: date) -> list[Account]:
    """Return the accounts of these customers whose points are past their last day, sorted by campaign, so
    that every worker locks the company's accounts in the same order."""
    statement = select(Account).where(Account.customer_id.in_(owners), *_due(today))
    statement = statement.order_by(Account.campaign_id, Account.expires_on, Account.id)
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def _due(today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for accounts whose points are to expire today. Points that come back on the day
    on which their account was emptied, from a cancelled reservation, expire on the next day."""
    is_posted_today = exists().where(
        Transfer.reason == "expire",
        Transfer.source == cast(Account.id, String).concat(f":{today.isoformat()}"),
    )
    return Account.kind == "wallet", Account.balance > 0, Account.expires_on < today, ~is_posted_today

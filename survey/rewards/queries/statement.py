"""Queries that sum entries, accounts and claims for statements and the pages of the ledger."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import Session

from survey.db import db
from survey.rewards.models.books import Account, Entry, Transfer
from survey.rewards.models.claims import Claim

Movements = Sequence[Row[int, str, int, int]]


def movements(session: Session, first: date, last: date) -> Movements:
    """Return (campaign, reason, points before ``first``, points from ``first`` to ``last``) that transfers
    added to customers' accounts."""
    before = func.sum(case((Transfer.day < first, Entry.amount), else_=0))
    during = func.sum(case((Transfer.day >= first, Entry.amount), else_=0))
    statement = (
        select(Account.campaign_id, Transfer.reason, before, during)
        .select_from(Entry)
        .join(Entry.transfer)
        .join(Entry.account)
        .where(Account.customer_id.is_not(None), Transfer.day <= last)
        .group_by(Account.campaign_id, Transfer.reason)
    )
    return session.execute(statement).all()


def open_claims(session: Session, today: date) -> dict[int, tuple[int, int]]:
    """Return (number of open claims, their points) by campaign."""
    statement = select(Claim.campaign_id, func.count(), func.sum(Claim.points))
    statement = statement.where(Claim.state == "open", Claim.expires_on >= today)
    rows = session.execute(statement.group_by(Claim.campaign_id))
    return {campaign_id: (number, int(points)) for campaign_id, number, points in rows}


def balances(campaign_id: int | None = None) -> dict[int, dict[str, int]]:
    """Return the balances of accounts summed by campaign and kind."""
    statement = select(Account.campaign_id, Account.kind, func.sum(Account.balance))
    if campaign_id is not None:
        statement = statement.where(Account.campaign_id == campaign_id)
    sums: dict[int, dict[str, int]] = {}
    for campaign, kind, points in db.session.execute(statement.group_by(Account.campaign_id, Account.kind)):
        sums.setdefault(campaign, {})[kind] = int(points)
    return sums


def promised_points() -> dict[int, int]:
    """Return the points of unclaimed claims by campaign, including claims past their last day whose expiry is
    not posted yet."""
    statement = select(Claim.campaign_id, func.sum(Claim.points)).where(Claim.state == "open")
    rows = db.session.execute(statement.group_by(Claim.campaign_id))
    return {campaign_id: int(points) for campaign_id, points in rows}

"""Queries that verify the ledger: each returns only the rows that break a rule."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    String,
    cast,
    exists,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from survey.db import db
from survey.rewards.models.books import Account, Adjustment, Entry, Transfer
from survey.rewards.models.campaigns import Campaign, Purse
from survey.rewards.models.catalogue import CouponCode, Reward, Stock
from survey.rewards.models.claims import Claim
from survey.rewards.models.redemptions import Redemption
from survey.rewards.models.reviews import Review

Differences = Sequence[Row[str, int, int]]
"""Rows of (subject, expected number, actual number)."""

CUSTOMERS = Account.customer_id.is_not(None)
MOVED = func.coalesce(func.sum(Entry.amount), 0)


def balances(session: Session) -> Differences:
    """Return accounts whose balance is not the sum of their entries."""
    statement = (
        select(_text(Account.id), MOVED, Account.balance)
        .outerjoin(Entry, Entry.account_id == Account.id)
        .group_by(Account.id, Account.balance)
        .having(Account.balance != MOVED)
    )
    return session.execute(statement).all()


def transfers(session: Session) -> Differences:
    """Return transfers whose entries do not sum to zero within each campaign."""
    statement = (
        select(_text(Entry.transfer_id), literal(0), MOVED)
        .join(Entry.account)
        .group_by(Entry.transfer_id, Account.campaign_id)
        .having(MOVED != 0)
    )
    return session.execute(statement).all()


def lone_transfers(session: Session) -> Differences:
    """Return transfers with fewer than two entries; the numbers are those of entries."""
    statement = (
        select(_text(Transfer.id), literal(2), func.count(Entry.account_id))
        .outerjoin(Entry, Entry.transfer_id == Transfer.id)
        .group_by(Transfer.id)
        .having(func.count(Entry.account_id) < 2)
    )
    return session.execute(statement).all()


def campaigns(session: Session) -> Differences:
    """Return campaigns whose accounts do not sum to zero."""
    total = func.sum(Account.balance)
    statement = select(_text(Account.campaign_id), literal(0), total).group_by(Account.campaign_id)
    return session.execute(statement.having(total != 0)).all()


def held_points(session: Session) -> Differences:
    """Return customers whose held points are not the sum of the prices of their reservations."""
    return _differences(
        session,
        select(_text(Redemption.customer_id), Redemption.price).where(Redemption.state == "reserved"),
        select(_text(Account.customer_id), Account.balance).where(Account.kind == "held"),
    )


def pending_points(session: Session) -> Differences:
    """Return customers whose pending points are not the points that wait for a review."""
    return _differences(
        session,
        select(_text(Review.customer_id), Review.points).where(Review.state == "pending"),
        select(_text(Account.customer_id), Account.balance).where(Account.kind == "pending"),
    )


def redeemed_points(session: Session) -> Differences:
    """Return customers whose redeemed points are not the sum of the prices of their fulfilled redemptions."""
    return _differences(
        session,
        select(_text(Redemption.customer_id), Redemption.price).where(Redemption.state == "fulfilled"),
        _moved(_text(Account.customer_id), "redeem", "undo", sign=-1),
    )


def claims(session: Session) -> Differences:
    """Return taken claims that were not posted once with their points, and posted claims that nobody took."""
    posted = exists().where(Transfer.reason == "claim", Transfer.source == _hex(Claim.code_hash))
    taken = (Claim.state == "taken") | ((Claim.state == "void") & posted)
    return _differences(
        session,
        select(_hex(Claim.code_hash), Claim.points).where(taken),
        _moved(Transfer.source, "claim"),
    )


def committed_points(session: Session) -> Differences:
    """Return campaigns whose committed points are not those of their open and taken claims, less what reviews
    voided."""
    taken, void = aliased(Transfer), aliased(Transfer)
    given_back = (
        select(_text(Claim.campaign_id), -Claim.points)
        .join(taken, (taken.reason == "claim") & (taken.source == _hex(Claim.code_hash)))
        .join(void, (void.reason == "void") & (void.reverses_id == taken.id))
        .where(Claim.state == "taken")
    )
    claimed = select(_text(Claim.campaign_id), Claim.points).where(Claim.state.in_(("open", "taken")))
    return _differences(
        session, union_all(claimed, given_back), select(_text(Purse.campaign_id), Purse.committed)
    )


def allotted_points(session: Session) -> Differences:
    """Return campaigns whose purses do not add up to the budget."""
    return _differences(
        session,
        select(_text(Campaign.id), Campaign.budget),
        select(_text(Purse.campaign_id), Purse.allotted),
    )


def adjustments(session: Session) -> Differences:
    """Return approved adjustments that were not posted once with their points, and others that were
    posted."""
    return _differences(
        session,
        select(_text(Adjustment.id), Adjustment.points).where(Adjustment.state == "approved"),
        _moved(Transfer.source, "adjust"),
    )


def codes(session: Session) -> Differences:
    """Return coupon codes that belong to a redemption of another reward; the numbers are ids of rewards."""
    statement = (
        select(_text(CouponCode.id), CouponCode.reward_id, Redemption.reward_id)
        .join(Redemption, Redemption.id == CouponCode.redemption_id)
        .where(Redemption.reward_id != CouponCode.reward_id)
    )
    return session.execute(statement).all()


def redemptions_without_code(session: Session) -> Differences:
    """Return rewards with uploaded codes, with the number of their redemptions that have no code."""
    coded = exists().where(CouponCode.redemption_id == Redemption.id)
    statement = (
        select(_text(Reward.id), func.count(), literal(0))
        .join(Redemption, Redemption.reward_id == Reward.id)
        .where(Reward.kind == "uploaded", Redemption.state.in_(("reserved", "fulfilled")), ~coded)
    )
    return session.execute(statement.group_by(Reward.id)).all()


def stock(session: Session) -> Differences:
    """Return gifts at service points ("1 at place 2") whose remaining number is not the stocked number less
    what is reserved or handed out."""
    stocked_at = _text(Stock.reward_id) + " at place " + _text(Stock.place_id)
    promised_at = _text(Redemption.reward_id) + " at place " + _text(Redemption.place_id)
    promised = (
        select(promised_at, literal(-1))
        .join(Reward, Reward.id == Redemption.reward_id)
        .where(Reward.kind == "gift", Redemption.state.in_(("reserved", "fulfilled")))
    )
    expected = union_all(select(stocked_at, Stock.stocked), promised)
    return _differences(session, expected, select(stocked_at, Stock.remaining))


def _moved(about: SQLColumnExpression[str], *reasons: str, sign: int = 1) -> Select[str, int]:
    """Return the statement that selects what transfers of these reasons added to customers' accounts."""
    return (
        select(about, sign * Entry.amount)
        .select_from(Entry)
        .join(Entry.transfer)
        .join(Entry.account)
        .where(Transfer.reason.in_(reasons), CUSTOMERS)
    )


def _differences(session: Session, expected: Any, actual: Any) -> Differences:
    """Return the subjects whose points, summed over two lists of (subject, points), differ."""
    expected_rows, actual_rows = expected.subquery(), actual.subquery()
    (about, points), (name, number) = expected_rows.c, actual_rows.c
    both = union_all(
        select(about.label("about"), points.label("expected"), literal(0).label("actual")),
        select(name, literal(0), number),
    ).subquery()
    sums = func.sum(both.c.expected), func.sum(both.c.actual)
    statement = select(both.c.about, *sums).group_by(both.c.about).having(sums[0] != sums[1])
    return session.execute(statement.order_by(both.c.about)).all()


def _text(column: Any) -> ColumnElement[str]:
    return cast(column, String)


def _hex(column: Any) -> ColumnElement[str]:
    if db.engine.name == "postgresql":
        return func.encode(column, "hex")
    return func.lower(func.hex(column))

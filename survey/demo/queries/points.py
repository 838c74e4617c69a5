"""Queries that add, find and remove the demonstration's points, wallets and rewards."""

from datetime import date

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, delete, exists, func, or_, select, union
from sqlalchemy.orm import Session

from survey.db import db, unprotected
from survey.people.models import Customer, Identity, Insider, Staff
from survey.rewards.claims import code_hash
from survey.rewards.models.books import Account, Adjustment, Entry, Transfer
from survey.rewards.models.campaigns import Campaign, Purse, Rate
from survey.rewards.models.catalogue import CouponCode, Picture, Reward, Stock
from survey.rewards.models.claims import Claim
from survey.rewards.models.redemptions import Redemption
from survey.rewards.models.reviews import DeviceDay, Review

CAMPAIGNS = select(Campaign.id).where(Campaign.demonstration)
CUSTOMERS = select(Customer.id).where(Customer.demonstration)
REWARDS = select(Reward.id).where(Reward.demonstration)


def add_claim(session: Session, code: str, points: int, campaign: Campaign, expires_on: date) -> None:
    """Add a claim as a submission does, but without a response."""
    purse = session.get_one(Purse, (campaign.id, 0), populate_existing=True)
    purse.committed += points
    claim = {"points": points, "campaign_id": campaign.id, "expires_on": expires_on}
    session.add(Claim(code_hash=code_hash(code), **claim))


def mixed_wallets(most: int = 10) -> list[str]:
    """Return the numbers of wallets that join the demonstration's points with real ones: spent together,
    spent on the other's rewards, or both in an invented customer's wallet."""
    its = func.max(db.case((Campaign.demonstration, 1), else_=0))
    real = func.max(db.case((Campaign.demonstration, 0), else_=1))
    together = (
        select(Entry.transfer_id)
        .join(Entry.account)
        .join(Campaign, Campaign.id == Account.campaign_id)
        .group_by(Entry.transfer_id)
        .having(and_(its == 1, real == 1))
    )
    spent = select(Account.customer_id).join(Entry, Entry.account_id == Account.id)
    invented = select(Account.customer_id).where(
        Account.customer_id.in_(CUSTOMERS), Account.campaign_id.not_in(CAMPAIGNS)
    )
    bought = select(Redemption.customer_id).where(
        or_(
            and_(Redemption.reward_id.in_(REWARDS), _has_points_of(~_is_its(Account.campaign_id))),
            and_(Redemption.reward_id.not_in(REWARDS), _has_points_of(_is_its(Account.campaign_id))),
        )
    )
    owners = union(spent.where(Entry.transfer_id.in_(together)), invented, bought).subquery()
    statement = select(Customer.number).where(Customer.id.in_(select(owners.c[0])))
    return list(db.session.scalars(statement.order_by(Customer.id).limit(most)))


def _is_its(campaign_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    return campaign_id.in_(CAMPAIGNS)


def _has_points_of(campaigns: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that points of such campaigns were ever held in the wallet of a redemption's
    customer."""
    held = and_(Account.customer_id == Redemption.customer_id, Account.kind == "held")
    return exists().where(held, campaigns).correlate(Redemption)


def remove(session: Session) -> None:
    """Remove the books of the demonstration's campaigns, its rewards with their redemptions, and its
    customers, including claims and redemptions of real customers."""
    pictures = list(session.scalars(select(Reward.picture_id).where(Reward.demonstration)))
    redemptions = select(Redemption.id).where(Redemption.reward_id.in_(REWARDS))
    accounts = select(Account.id).where(Account.campaign_id.in_(CAMPAIGNS))
    with unprotected(session.connection()):
        for statement in (
            delete(Review).where(Review.campaign_id.in_(CAMPAIGNS)),
            delete(Adjustment).where(Adjustment.campaign_id.in_(CAMPAIGNS)),
            delete(CouponCode).where(
                or_(CouponCode.reward_id.in_(REWARDS), CouponCode.redemption_id.in_(redemptions))
            ),
            delete(Redemption).where(Redemption.reward_id.in_(REWARDS)),
            delete(Stock).where(Stock.reward_id.in_(REWARDS)),
            delete(Reward).where(Reward.demonstration),
            delete(Picture).where(
                Picture.digest.in_(pictures), ~exists().where(Reward.picture_id == Picture.digest)
            ),
            delete(Entry).where(Entry.account_id.in_(accounts)),
            delete(Transfer).where(~exists().where(Entry.transfer_id == Transfer.id)),
            delete(Account).where(Account.campaign_id.in_(CAMPAIGNS)),
            delete(DeviceDay).where(DeviceDay.customer_id.in_(CUSTOMERS)),
            delete(Identity).where(Identity.customer_id.in_(CUSTOMERS)),
            delete(Customer).where(Customer.demonstration),
            delete(Insider).where(Insider.staff_id.in_(select(Staff.id).where(Staff.demonstration))),
            delete(Claim).where(Claim.campaign_id.in_(CAMPAIGNS)),
            delete(Rate).where(Rate.campaign_id.in_(CAMPAIGNS)),
            delete(Purse).where(Purse.campaign_id.in_(CAMPAIGNS)),
            delete(Campaign).where(Campaign.demonstration),
        ):
            session.execute(statement, execution_options={"synchronize_session": False})

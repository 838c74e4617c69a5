"""Queries that find campaigns."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from survey.db import db
from survey.rewards.models.campaigns import Campaign


def running(today: date) -> list[Campaign]:
    """Return the campaigns that pay for a response today while their budget lasts, the oldest first."""
    statement = (
        select(Campaign)
        .options(selectinload(Campaign.rates))
        .where(Campaign.starts_on <= today, Campaign.ends_on >= today, ~Campaign.paused)
        .order_by(Campaign.id)
    )
    return list(db.session.scalars(statement))


def campaigns() -> list[Campaign]:
    """Return all campaigns with their rates, the latest first."""
    statement = select(Campaign).options(selectinload(Campaign.rates))
    return list(db.session.scalars(statement.order_by(Campaign.starts_on.desc(), Campaign.id.desc())))


def campaign(campaign_id: int) -> Campaign | None:
    return db.session.get(Campaign, campaign_id, options=[selectinload(Campaign.rates)])

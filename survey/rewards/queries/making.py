"""The query that makes sending a form again idempotent."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.rewards.models.books import Adjustment
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.catalogue import Reward

T = TypeVar("T", Adjustment, Campaign, Reward)


def find_made_with(session: Session, kind: type[T], form: str | None) -> T | None:
    """Return the row that was made with this form, or None."""
    return session.scalar(select(kind).filter_by(made_with=form)) if form else None

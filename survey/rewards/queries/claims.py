"""Queries that find and change claims."""

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from survey.db import db
from survey.rewards.models.books import Account, Entry, Transfer
from survey.rewards.models.claims import Claim
from survey.rewards.models.reviews import Review

from . import budgets


def claim(code_hash: bytes) -> Claim | None:
    """Return the claim with its campaign in any state."""
    return db.session.scalar(select(Claim).options(joinedload(Claim.campaign)).filter_by(code_hash=code_hash))


def take(session: Session, code_hash: bytes, today: date) -> Claim | None:
    """Mark an open claim as taken and return it; None when it is not open or has expired."""
    statement = (
        update(Claim)
        .where(Claim.code_hash == code_hash, Claim.state == "open", Claim.expires_on >= today)
        .values(state="taken")
        .returning(Claim)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return session.scalar(statement)


def void(session: Session, claim: Claim) -> None:
    """Void a claim: its points go back to its campaign's budget."""
    session.execute(update(Claim).where(Claim.code_hash == claim.code_hash).values(state="void"))
    budgets.give_back(session, claim.campaign_id, claim.points)


def owner(source: str) -> tuple[int | None, Review | None]:
    """Return the customer's id and the review of the claim whose transfer has this source."""
    statement = (
        select(Account.customer_id, Review)
        .select_from(Transfer)
        .join(Entry, Entry.transfer_id == Transfer.id)
        .join(Account, (Account.id == Entry.account_id) & Account.customer_id.is_not(None))
        .outerjoin(Review, Review.transfer_id == Transfer.id)
        .where(Transfer.reason == "claim", Transfer.source == source)
    )
    row = db.session.execute(statement).first()
    return (row[0], row[1]) if row is not None else (None, None)

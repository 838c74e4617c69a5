"""Queries that find and decide reviews."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from survey.db import db
from survey.rewards.models.books import Transfer
from survey.rewards.models.claims import Claim
from survey.rewards.models.reviews import Review

PENDING = "pending"


def pending(most: int) -> list[Review]:
    """Return the reviews that wait for a decision, in the order in which they vest without one."""
    statement = _whole().where(Review.state == PENDING).order_by(Review.vests_on, Review.transfer_id)
    return list(db.session.scalars(statement.limit(most)))


def decided(skip: int, most: int) -> list[Review]:
    """Return the decided reviews, the latest first."""
    statement = _whole().where(Review.state != PENDING)
    latest_first = statement.order_by(Review.decided_on.desc(), Review.transfer_id.desc())
    return list(db.session.scalars(latest_first.offset(skip).limit(most)))


def _whole():  # type: ignore[no-untyped-def]  # noqa: ANN202
    return select(Review).options(joinedload(Review.customer), joinedload(Review.campaign))


def count(is_pending: bool) -> int:
    """Return the number of pending or of decided reviews."""
    condition = Review.state == PENDING if is_pending else Review.state != PENDING
    return db.session.scalar(select(func.count()).select_from(Review).where(condition)) or 0


def due_ids(today: date, most: int) -> list[int]:
    """Return the ids of pending reviews that vest today because nobody objected."""
    statement = select(Review.transfer_id).where(Review.state == PENDING, Review.vests_on <= today)
    return list(db.session.scalars(statement.order_by(Review.transfer_id).limit(most)))


def owner(session: Session, transfer_id: int) -> int | None:
    """Return the id of the customer whose points a review is about; None without such a review."""
    return session.scalar(select(Review.customer_id).filter_by(transfer_id=transfer_id))


def close(
    session: Session, transfer_id: int, state: str, day: date, staff_id: int | None, reason: str
) -> Review | None:
    """Set the state of a pending review and return it; None when it is no longer pending. The customer is
    locked, so that nobody else decides at the same time. The object is changed, and not by an UPDATE
    statement, of which the audit log would only know that it was run."""
    statement = select(Review).filter_by(transfer_id=transfer_id, state=PENDING)
    review = session.scalar(statement.execution_options(populate_existing=True))
    if review is not None:
        review.state, review.decided_on, review.decided_by, review.reason = state, day, staff_id, reason
        session.flush()
    return review


def decided_by(session: Session, transfer_id: int, state: str, staff_id: int | None) -> Review | None:
    """Return the review if this user gave it this state."""
    statement = select(Review).filter_by(transfer_id=transfer_id, state=state, decided_by=staff_id)
    return session.scalar(statement.execution_options(populate_existing=True))


def claim_of(session: Session, transfer_id: int) -> Claim | None:
    """Return the claim that a transfer took."""
    source = session.scalar(select(Transfer.source).filter_by(id=transfer_id, reason="claim"))
    return session.get(Claim, bytes.fromhex(source)) if source is not None else None

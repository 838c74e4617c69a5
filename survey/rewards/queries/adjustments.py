"""Queries that find and lock adjustments."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from survey.db import db
from survey.people.models import Customer
from survey.rewards.models.books import Adjustment

_WHOLE = (
    joinedload(Adjustment.customer),
    joinedload(Adjustment.campaign),
    joinedload(Adjustment.requester),
    joinedload(Adjustment.decider),
)


def adjustment(adjustment_id: int) -> Adjustment | None:
    return db.session.get(Adjustment, adjustment_id, options=_WHOLE)


def lock(session: Session, adjustment_id: int) -> Adjustment | None:
    """Return the adjustment, locked so that nobody else decides on it until the transaction ends."""
    statement = select(Adjustment).filter_by(id=adjustment_id).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def reversal(session: Session, adjustment_id: int) -> Adjustment | None:
    """Return the adjustment that reverses this adjustment, approved or still requested."""
    statement = select(Adjustment).where(
        Adjustment.reverses_id == adjustment_id, Adjustment.state != "refused"
    )
    return session.scalar(statement)


def adjustments(waiting: bool, offset: int, most: int) -> Sequence[Adjustment]:
    """Return the adjustments that wait for a decision, the oldest first, or the decided, the latest first."""
    statement = select(Adjustment).options(*_WHOLE)
    if waiting:
        statement = statement.where(Adjustment.state == "requested").order_by(Adjustment.id)
    else:
        statement = statement.where(Adjustment.state != "requested").order_by(Adjustment.id.desc())
    return db.session.scalars(statement.offset(offset).limit(most)).all()


def count(waiting: bool) -> int:
    """Return the number of adjustments that wait for a decision, or of the decided."""
    is_waiting = Adjustment.state == "requested"
    return db.session.scalar(select(func.count()).where(is_waiting if waiting else ~is_waiting)) or 0


def customer(number: str) -> Customer | None:
    """Return the customer whose wallet has this number, None when it was deleted."""
    return db.session.scalar(select(Customer).filter_by(number=number, erased_on=None))

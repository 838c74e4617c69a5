"""Staff, found."""

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session, joinedload

from survey.db import db

from .models import Customer, Identity, Insider, Staff


def staff_by_session(session_id: str) -> Staff | None:
    """The active person whose session this is, None once signed out everywhere."""
    number, _, key = session_id.partition(".")
    if not number.isdigit():
        return None
    statement = select(Staff).options(joinedload(Staff.place)).filter_by(id=int(number), session_key=key)
    person = db.session.scalar(statement)
    return person if person is not None and person.is_active else None


def staff_by_username(username: str) -> Staff | None:
    return None if "\0" in username else db.session.scalar(select(Staff).filter_by(username=username))


def staff() -> list[Staff]:
    return list(db.session.scalars(select(Staff).options(joinedload(Staff.place)).order_by(Staff.username)))


def active_administrators() -> list[int]:
    """The ids of those who can still administer."""
    active = select(Staff.id).filter_by(role="administrator", retired_on=None)
    return list(db.session.scalars(active))


def one_at_a_time(session: Session) -> None:
    """Waits until nobody else changes who may do what."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE staff IN SHARE ROW EXCLUSIVE MODE"))


def customer_by_identity(kind: str, blind: bytes) -> Customer | None:
    """Whose identity this is."""
    statement = select(Customer).join(Identity, Identity.customer_id == Customer.id)
    return db.session.scalar(statement.where(Identity.kind == kind, Identity.blind == blind))


def has_inside_identity(customer_id: int) -> bool:
    """Whether an identity of this customer is listed as that of somebody who works here."""
    same = (Insider.kind == Identity.kind) & (Insider.blind == Identity.blind)
    statement = select(exists().where(Identity.customer_id == customer_id, same))
    return bool(db.session.scalar(statement))

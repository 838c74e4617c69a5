"""Queries of staff, customers, one-time codes and insiders."""

from datetime import date, datetime

from sqlalchemy import delete, exists, func, inspect, select, text, tuple_, update
from sqlalchemy.orm import Session, joinedload

from survey.db import db, row_count, upsert

from .models import CodeCount, Customer, Identity, Insider, OneTimeCode, Staff


def staff_by_session(session_id: str) -> Staff | None:
    """Return the active user of a session, None once they signed out everywhere."""
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
    """Return the ids of the administrators who are not retired."""
    active = select(Staff.id).filter_by(role="administrator", retired_on=None)
    return list(db.session.scalars(active))


def one_at_a_time(session: Session) -> None:
    """Lock the users against other changes."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE staff IN SHARE ROW EXCLUSIVE MODE"))


def customer_by_identity(kind: str, blind: bytes) -> Customer | None:
    """Return the customer with this identity, or None."""
    statement = select(Customer).join(Identity, Identity.customer_id == Customer.id)
    return db.session.scalar(statement.where(Identity.kind == kind, Identity.blind == blind))


def has_inside_identity(customer_id: int) -> bool:
    """Return whether an identity of this customer is on the list of insiders."""
    same = (Insider.kind == Identity.kind) & (Insider.blind == Identity.blind)
    statement = select(exists().where(Identity.customer_id == customer_id, same))
    return bool(db.session.scalar(statement))


def customer_by_number(number: str) -> Customer | None:
    return db.session.scalar(select(Customer).filter_by(number=number))


def identities(customer_id: int) -> list[Identity]:
    """Return the identities of a customer, ordered by kind."""
    return list(
        db.session.scalars(select(Identity).filter_by(customer_id=customer_id).order_by(Identity.kind))
    )


def remove_identities(session: Session, customer_id: int) -> None:
    """Delete the identities of a customer and the one-time codes that were sent to them."""
    mine = select(Identity.blind).filter_by(customer_id=customer_id, kind="phone")
    session.execute(delete(OneTimeCode).where(OneTimeCode.blind.in_(mine)))
    session.execute(delete(Identity).where(Identity.customer_id == customer_id))


def code_expiry(session: Session, blind: bytes) -> datetime | None:
    """Return when a number's last code expires (UTC), None when it has none."""
    return session.scalar(select(OneTimeCode.expires_at).filter_by(blind=blind))


def put_code(session: Session, blind: bytes, code_hash: bytes, expires_at: datetime, tries: int) -> None:
    """Store a number's code, replacing the previous one. ``tries`` are allowed."""
    values = {"code_hash": code_hash, "expires_at": expires_at, "tries_left": tries, "spent_by": None}
    session.execute(upsert(OneTimeCode, ("blind",), lambda _new: values).values(blind=blind, **values))


def try_code(session: Session, blind: bytes, now: datetime) -> tuple[int, bytes] | None:
    """Use up a try of a number's code: return how many are left and the code's hash.

    Returns None when the number has no code, or it has expired or no tries left.
    """
    statement = (
        update(OneTimeCode)
        .where(OneTimeCode.blind == blind, OneTimeCode.expires_at > now, OneTimeCode.tries_left > 0)
        .values(tries_left=OneTimeCode.tries_left - 1)
        .returning(OneTimeCode.tries_left, OneTimeCode.code_hash)
        .execution_options(synchronize_session=False)
    )
    row = session.execute(statement).first()
    return (row[0], row[1]) if row is not None else None


def end_code(session: Session, blind: bytes, device: bytes) -> None:
    """Mark a number's code as spent by a device."""
    statement = update(OneTimeCode).where(OneTimeCode.blind == blind)
    session.execute(statement.values(tries_left=0, spent_by=device))


def code_spent_by(session: Session, blind: bytes, device: bytes, now: datetime) -> bytes | None:
    """Return the hash of a number's code that this device spent, None once the code has expired."""
    statement = select(OneTimeCode.code_hash).filter_by(blind=blind, spent_by=device)
    return session.scalar(statement.where(OneTimeCode.expires_at > now))


def remove_code(session: Session, blind: bytes) -> None:
    session.execute(delete(OneTimeCode).where(OneTimeCode.blind == blind))


def count_code(session: Session, blind: bytes, begins_at: datetime, ends_at: datetime) -> int:
    """Count one more code in a span of time; return how many there are now.

    It waits for a concurrent transaction that counts the same.
    """
    values = {"blind": blind, "begins_at": begins_at, "ends_at": ends_at, "count": 1}
    statement = upsert(CodeCount, ("blind", "begins_at"), lambda _new: {"count": CodeCount.count + 1})
    return session.scalars(statement.values(**values).returning(CodeCount.count)).one()


def uncount_code(session: Session, blind: bytes, begins_at: datetime) -> None:
    """Subtract one from a count, which stays at 0 or above."""
    statement = update(CodeCount).where(CodeCount.blind == blind, CodeCount.begins_at == begins_at)
    session.execute(statement.where(CodeCount.count > 0).values(count=CodeCount.count - 1))


def has_old_codes(session: Session, now: datetime) -> bool:
    old = exists().where(OneTimeCode.expires_at <= now) | exists().where(CodeCount.ends_at <= now)
    return bool(session.scalar(select(old)))


def remove_old_codes(session: Session, now: datetime) -> int:
    """Delete expired codes and counts of past spans; return how many.

    Rows that a concurrent request has locked are skipped, and deleted the next time.
    """
    old = {OneTimeCode: OneTimeCode.expires_at <= now, CodeCount: CodeCount.ends_at <= now}
    done = 0
    for table, is_old in old.items():
        key = inspect(table).primary_key
        due = select(*key).where(is_old).with_for_update(skip_locked=True)
        done += row_count(session.execute(delete(table).where(tuple_(*key).in_(due))))
    return done


def add_insider(session: Session, kind: str, blind: bytes, staff_id: int | None, day: date) -> bool:
    """Add an identity to the list of insiders; return whether it is new there.

    ``staff_id`` is its user, None when that is not known; a known user replaces the one before.
    """
    values = {"kind": kind, "blind": blind, "staff_id": staff_id, "added_on": day}
    statement = upsert(Insider).values(**values).returning(Insider.kind)
    is_new = session.scalar(statement) is not None
    if not is_new and staff_id is not None:
        listed = update(Insider).where(Insider.kind == kind, Insider.blind == blind)
        session.execute(listed.values(staff_id=staff_id))
    return is_new


def remove_insider(session: Session, kind: str, blind: bytes) -> int:
    done = session.execute(delete(Insider).where(Insider.kind == kind, Insider.blind == blind))
    return int(done.rowcount)  # type: ignore[attr-defined]


def remove_insiders_of(session: Session, staff_id: int) -> None:
    session.execute(delete(Insider).where(Insider.staff_id == staff_id))


def has_phone(staff_id: int) -> bool:
    """Return whether a number of this user is on the list."""
    return bool(db.session.scalar(select(exists().where(Insider.staff_id == staff_id))))


def count_insiders() -> int:
    return db.session.scalar(select(func.count()).select_from(Insider)) or 0

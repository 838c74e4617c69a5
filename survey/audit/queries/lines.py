"""Lines of the audit log, added and found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, text
from sqlalchemy.orm import Session

from survey.audit.models import AuditLine
from survey.audit.rules.chain import START, Head, SealedLine, digest
from survey.db import db

# Any number will do that no other feature locks.
APPENDING = 0x7A11_0AD1
AT_A_TIME = 1000


def append(
    session: Session, staff_id: int | None, role: str, act: str, subject: dict[str, Any], changes: list[Any]
) -> Head:
    """Adds the next line and returns it as the new head. Whoever else adds one waits until the transaction
    ends, so this comes last in it; nobody else waits."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPENDING})
    last = head(session)
    now = datetime.now(UTC).replace(tzinfo=None)
    line = SealedLine(last.number + 1, now, staff_id, role, act, subject, changes, last.digest)
    sealed = digest(line)
    session.execute(insert(AuditLine).values(**vars(line), digest=sealed))
    return Head(line.number, sealed)


def head(session: Session) -> Head:
    """The last line; before the first one it is number 0."""
    statement = select(AuditLine.number, AuditLine.digest).order_by(AuditLine.number.desc()).limit(1)
    row = session.execute(statement).first()
    return Head(row.number, row.digest) if row is not None else Head(0, START)


def digest_of(number: int) -> bytes | None:
    """What is stored as the digest of a line; None when there is no such line."""
    return db.session.scalar(select(AuditLine.digest).filter_by(number=number))


def all_lines() -> Iterator[tuple[SealedLine, bytes]]:
    """Every line with its stored digest, in order, some at a time."""
    number = None
    while True:
        statement = select(AuditLine).order_by(AuditLine.number).limit(AT_A_TIME)
        if number is not None:
            statement = statement.where(AuditLine.number > number)
        found = db.session.scalars(statement.execution_options(populate_existing=True)).all()
        for one in found:
            yield _line(one), one.digest
        if len(found) < AT_A_TIME:
            return
        number = found[-1].number
        db.session.expunge_all()


def _line(one: AuditLine) -> SealedLine:
    return SealedLine(
        one.number, one.at, one.staff_id, one.role, one.act, one.subject, one.changes, one.previous
    )


@dataclass(frozen=True)
class Wanted:
    """Which lines: of one person (None: of all), of one role without a person ("": of all), of one act
    ("": of all), from ``since`` and before ``until`` (UTC)."""

    staff_id: int | None = None
    role: str = ""
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None


def count(wanted: Wanted) -> int:
    return db.session.scalar(_only(select(func.count()).select_from(AuditLine), wanted)) or 0


def lines(wanted: Wanted, skip: int, most: int) -> list[AuditLine]:
    """The lines that are wanted, the latest first."""
    statement = _only(select(AuditLine), wanted).order_by(AuditLine.number.desc())
    return list(db.session.scalars(statement.offset(skip).limit(most)))


def acts() -> list[str]:
    """Every act that there is a line of."""
    return list(db.session.scalars(select(AuditLine.act).distinct().order_by(AuditLine.act)))


def _only(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.staff_id is not None:
        statement = statement.where(AuditLine.staff_id == wanted.staff_id)
    if wanted.role:
        statement = statement.where(AuditLine.role == wanted.role, AuditLine.staff_id.is_(None))
    if wanted.act:
        statement = statement.where(AuditLine.act == wanted.act)
    if wanted.since is not None:
        statement = statement.where(AuditLine.at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(AuditLine.at < wanted.until)
    return statement

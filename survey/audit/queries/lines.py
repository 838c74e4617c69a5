"""Queries that append and read lines of the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, text
from sqlalchemy.orm import Session

from survey.audit.models import AuditLine
from survey.audit.rules.chain import START, Head, SealedLine, digest
from survey.db import db

# The key of the advisory lock: any number that no other feature locks.
APPENDING = 0x7A11_0AD1
AT_A_TIME = 1000


def append(
    session: Session, staff_id: int | None, role: str, act: str, subject: dict[str, Any], changes: list[Any]
) -> Head:
    """Append the next line and return it as the new head.

    Other transactions that append a line wait until this one ends, so this is its last statement.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPENDING})
    last = head(session)
    now = datetime.now(UTC).replace(tzinfo=None)
    line = SealedLine(last.number + 1, now, staff_id, role, act, subject, changes, last.digest)
    sealed = digest(line)
    session.execute(insert(AuditLine).values(**vars(line), digest=sealed))
    return Head(line.number, sealed)


def head(session: Session) -> Head:
    """Return the last line as a head; before the first line it has number 0."""
    statement = select(AuditLine.number, AuditLine.digest).order_by(AuditLine.number.desc()).limit(1)
    row = session.execute(statement).first()
    return Head(row.number, row.digest) if row is not None else Head(0, START)


def digest_of(number: int) -> bytes | None:
    """Return the stored digest of a line, or None when there is no such line."""
    return db.session.scalar(select(AuditLine.digest).filter_by(number=number))


def all_lines() -> Iterator[tuple[SealedLine, bytes]]:
    """Yield every line with its stored digest, in order; AT_A_TIME are read at once."""
    number = None
    while True:
        statement = select(AuditLine).order_by(AuditLine.number).limit(AT_A_TIME)
        if number is not None:
            statement = statement.where(AuditLine.number > number)
        batch = db.session.scalars(statement.execution_options(populate_existing=True)).all()
        for stored in batch:
            yield _line(stored), stored.digest
        if len(batch) < AT_A_TIME:
            return
        number = batch[-1].number
        db.session.expunge_all()


def _line(stored: AuditLine) -> SealedLine:
    return SealedLine(
        stored.number,
        stored.at,
        stored.staff_id,
        stored.role,
        stored.act,
        stored.subject,
        stored.changes,
        stored.previous,
    )


@dataclass(frozen=True)
class LineFilter:
    """A filter of lines: by user, by a role without a user, by act, from ``since``, before ``until`` (UTC).

    None and "" select all.
    """

    staff_id: int | None = None
    role: str = ""
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None


def count(line_filter: LineFilter) -> int:
    return db.session.scalar(_filter_lines(select(func.count()).select_from(AuditLine), line_filter)) or 0


def lines(line_filter: LineFilter, skip: int, most: int) -> list[AuditLine]:
    """Return a page of the lines that pass the filter, the latest first."""
    statement = _filter_lines(select(AuditLine), line_filter).order_by(AuditLine.number.desc())
    return list(db.session.scalars(statement.offset(skip).limit(most)))


def acts() -> list[str]:
    """Return the names of all acts in the log, sorted."""
    return list(db.session.scalars(select(AuditLine.act).distinct().order_by(AuditLine.act)))


def _filter_lines(statement: Select[Any], line_filter: LineFilter) -> Select[Any]:
    if line_filter.staff_id is not None:
        statement = statement.where(AuditLine.staff_id == line_filter.staff_id)
    if line_filter.role:
        statement = statement.where(AuditLine.role == line_filter.role, AuditLine.staff_id.is_(None))
    if line_filter.act:
        statement = statement.where(AuditLine.act == line_filter.act)
    if line_filter.since is not None:
        statement = statement.where(AuditLine.at >= line_filter.since)
    if line_filter.until is not None:
        statement = statement.where(AuditLine.at < line_filter.until)
    return statement

"""Watches what a session writes while somebody acts, and adds the line before it commits."""

import logging
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from survey import settings
from survey.audit.models import AuditLine
from survey.audit.rules import telling
from survey.audit.rules.chain import Head
from survey.audit.rules.telling import Change
from survey.db import db

from .lines import append

MOST = 50
"""Rows of one transaction that are told one by one; of the others the line says how many there are."""
ACT, SEEN, HEAD = "audit act", "audit seen", "audit head"
FILE = "audit-head"
OWN = AuditLine.__tablename__


@dataclass(frozen=True)
class Act:
    staff_id: int | None
    role: str
    name: str
    subject: dict[str, Any]


@dataclass
class Seen:
    """What a transaction has written so far."""

    told: dict[object, Change] = field(default_factory=dict)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def tell(self, row: object, change: Change) -> None:
        """A row that is written again is still one change."""
        before = self.told.get(row)
        self.told[row] = change if before is None else telling.merged(before, change)

    def changes(self) -> list[Change]:
        more = (telling.counted(*what, rows) for what, rows in sorted(self.counted.items()))
        return [*self.told.values(), *more]


def watch(act: Act | None) -> None:
    """From now on what the session commits is this act; nobody's when None."""
    db.session().info[ACT] = act


def note(session: Session, act: Act) -> None:
    """Adds the line of an act, whether it changed anything or not."""
    _add(session, act, [])


def _add(session: Session, act: Act, changes: list[Change]) -> None:
    session.info[HEAD] = append(session, act.staff_id, act.role, act.name, act.subject, changes)


@event.listens_for(db.session, "after_begin")
def _begun(session: Session, *_: object) -> None:
    session.info.pop(SEEN, None)


@event.listens_for(db.session, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    if session.info.get(ACT) is None:
        return
    seen = session.info.setdefault(SEEN, Seen())
    for did, rows in (("added", session.new), ("removed", session.deleted), ("changed", session.dirty)):
        for row in rows:
            _see(seen, did, row)


def _see(seen: Seen, did: str, row: object) -> None:
    mapper = inspect(row).mapper
    table = str(mapper.local_table.name)
    values = list(_values(did, row))
    if did == "changed" and not values:
        return
    if (len(seen.told) >= MOST and row not in seen.told) or telling.is_counted(table):
        seen.counted[table, did] += 1
        return
    key = {
        column.name: getattr(row, mapper.get_property_by_column(column).key) for column in mapper.primary_key
    }
    seen.tell(row, telling.change(table, did, key, values))


def _values(did: str, row: object) -> Iterator[tuple[str, Any, Any]]:
    """The columns that were written: each with its value before and after."""
    state = inspect(row)
    for attribute in state.mapper.column_attrs:
        column = attribute.columns[0]
        if column.primary_key:
            continue
        history = state.attrs[attribute.key].history
        if did == "added":
            value = state.dict.get(attribute.key)
            if value is not None:
                yield column.name, None, value
        elif did == "removed":
            yield column.name, state.dict.get(attribute.key), None
        elif history.has_changes():
            before = history.deleted[0] if history.deleted else None
            after = history.added[0] if history.added else None
            yield column.name, before, after


@event.listens_for(db.session, "do_orm_execute")
def _executing(state: ORMExecuteState) -> Any:
    """Statements that write without the unit of work: which table, and how many rows."""
    did = (
        "added" if state.is_insert else "changed" if state.is_update else "removed" if state.is_delete else ""
    )
    if not did or state.session.info.get(ACT) is None:
        return None
    table = str(state.statement.table.name)  # type: ignore[attr-defined]
    if table == OWN:
        return None
    result = state.invoke_statement()
    many = state.parameters if isinstance(state.parameters, list) else None
    rows = len(many) if many else max(1, getattr(result, "rowcount", 1))
    state.session.info.setdefault(SEEN, Seen()).counted[table, did] += rows
    return result


@event.listens_for(db.session, "before_commit")
def _committing(session: Session) -> None:
    act = session.info.get(ACT)
    if act is None:
        return
    session.flush()
    seen = session.info.pop(SEEN, None)
    if seen is not None and (changes := seen.changes()):
        _add(session, act, changes)


@event.listens_for(db.session, "after_commit")
def _committed(session: Session) -> None:
    head = session.info.pop(HEAD, None)
    if head is not None:
        keep_head(head)


def keep_head(head: Head) -> None:
    """Notes the head outside the database, where whoever cuts off the end of the log does not reach.

    It may be behind, when two commit at once or a process is killed: it is a line that must be there."""
    path = settings.current().instance / FILE
    fresh = path.with_name(f".{FILE}.{secrets.token_hex(4)}")
    try:
        fresh.write_text(f"{head}\n")
        fresh.replace(path)
    except OSError:
        logging.getLogger(__name__).warning("the head of the audit log could not be noted")


def kept_head() -> str | None:
    """What keep_head() noted last on this machine; None when nothing was."""
    try:
        return (settings.current().instance / FILE).read_text()
    except FileNotFoundError:
        return None

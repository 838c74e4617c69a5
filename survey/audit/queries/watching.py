"""Record what a session writes during an act, and append a line before it commits."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from survey import private_files, settings
from survey.audit.models import AuditLine
from survey.audit.rules import telling
from survey.audit.rules.chain import Head
from survey.audit.rules.telling import AuditChange
from survey.db import db

from .lines import append

MOST = 50
"""Rows of one transaction that a line describes; of further rows it tells how many there are."""
ACT, PENDING, HEAD = "audit act", "audit changes", "audit head"
FILE = "audit-head"
OWN = AuditLine.__tablename__


@dataclass(frozen=True)
class Act:
    """An act: whose it is, its name, and its subject as far as the log may tell it."""

    staff_id: int | None
    role: str
    name: str
    subject: dict[str, Any]


@dataclass
class PendingChanges:
    """The changes that a transaction has written so far."""

    told: dict[object, AuditChange] = field(default_factory=dict)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def tell(self, row: object, change: AuditChange) -> None:
        """Add the change of a row; a row that is written again is still one change."""
        before = self.told.get(row)
        self.told[row] = change if before is None else telling.merge_changes(before, change)

    def changes(self) -> list[AuditChange]:
        more = (
            telling.count_rows(*table_and_act, rows) for table_and_act, rows in sorted(self.counted.items())
        )
        return [*self.told.values(), *more]


def watch(act: Act | None) -> None:
    """Attribute further commits of the session to this act, or to no act when None."""
    db.session().info[ACT] = act


def note(session: Session, act: Act) -> None:
    """Append a line of an act without changes."""
    _add(session, act, [])


def _add(session: Session, act: Act, changes: list[AuditChange]) -> None:
    session.info[HEAD] = append(session, act.staff_id, act.role, act.name, act.subject, changes)


@event.listens_for(db.session, "after_begin")
def _discard_changes(session: Session, *_: object) -> None:
    session.info.pop(PENDING, None)


@event.listens_for(db.session, "after_flush")
def _watch_flush(session: Session, _context: object) -> None:
    if session.info.get(ACT) is None:
        return
    pending = session.info.setdefault(PENDING, PendingChanges())
    for did, rows in (("added", session.new), ("removed", session.deleted), ("changed", session.dirty)):
        for row in rows:
            _tell_row(pending, did, row)


def _tell_row(pending: PendingChanges, did: str, row: object) -> None:
    mapper = inspect(row).mapper
    table = str(mapper.local_table.name)
    values = list(_values(did, row))
    if did == "changed" and not values:
        return
    if (len(pending.told) >= MOST and row not in pending.told) or telling.is_counted(table):
        pending.counted[table, did] += 1
        return
    key = {
        column.name: getattr(row, mapper.get_property_by_column(column).key) for column in mapper.primary_key
    }
    pending.tell(row, telling.describe_change(table, did, key, values))


def _values(did: str, row: object) -> Iterator[tuple[str, Any, Any]]:
    """Yield (column, value before, value after) of the columns that were written."""
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
def _watch_statement(state: ORMExecuteState) -> Any:
    """Count the rows that a statement writes without the unit of work."""
    did = (
        "added" if state.is_insert else "changed" if state.is_update else "removed" if state.is_delete else ""
    )
    if not did or state.session.info.get(ACT) is None:
        return None
    table = str(state.statement.table.name)  # type: ignore[attr-defined]
    if table == OWN:
        return None
    result = state.invoke_statement()
    parameter_sets = state.parameters if isinstance(state.parameters, list) else None
    rows = len(parameter_sets) if parameter_sets else max(1, getattr(result, "rowcount", 1))
    state.session.info.setdefault(PENDING, PendingChanges()).counted[table, did] += rows
    return result


@event.listens_for(db.session, "before_commit")
def _add_pending_line(session: Session) -> None:
    act = session.info.get(ACT)
    if act is None:
        return
    session.flush()
    pending = session.info.pop(PENDING, None)
    if pending is not None and (changes := pending.changes()):
        _add(session, act, changes)


@event.listens_for(db.session, "after_commit")
def _keep_new_head(session: Session) -> None:
    head = session.info.pop(HEAD, None)
    if head is not None:
        keep_head(head)


def keep_head(head: Head) -> None:
    """Write the head to a file, out of reach of a person who cuts off the end of the log in the database.

    It may be behind when two transactions commit at once or a process is killed; its line must still exist.
    """
    try:
        private_files.write(settings.current().instance / FILE, f"{head}\n".encode())
    except OSError:
        logging.getLogger(__name__).warning("the head of the audit log could not be noted")


def kept_head() -> str | None:
    """Return the text that keep_head() wrote last on this machine, or None without any."""
    try:
        return (settings.current().instance / FILE).read_text()
    except FileNotFoundError:
        return None

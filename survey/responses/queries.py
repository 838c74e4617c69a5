"""Queries of responses in bulk (imports, the demonstration), of maxima and of contacts."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVarTuple

from sqlalchemy import Row, Select, delete, func, select, text, union

from survey.db import db, placeholders, row_count
from survey.links.models import Link
from survey.places.models import Place
from survey.places.queries import in_part
from survey.questionnaires.models import Questionnaire, Version
from survey.transaction import Session

from .models import Contact, Response, Waiting

# place, id, employee, version, day (ISO), channel, locale, answers (JSON text), signs
BulkRow = tuple[int, bytes, int | None, int, str, str, str, str, int | None]

COLUMNS = "place_id, id, employee_id, version_id, day, channel, locale, answers, signs"
# Any number will do, as long as nobody else takes it.
ONE_IMPORT_AT_A_TIME = text("SELECT pg_advisory_xact_lock(5083901)")
STAGES = {
    "sqlite": f"CREATE TEMP TABLE incoming AS SELECT {COLUMNS} FROM response WHERE false",  # noqa: S608
    "postgresql": f"CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT {COLUMNS} FROM response WHERE false",  # noqa: S608
}
FORGET_KNOWN = text(
    "DELETE FROM incoming WHERE EXISTS (SELECT 1 FROM response"
    " WHERE response.place_id = incoming.place_id AND response.id = incoming.id)"
    " OR EXISTS (SELECT 1 FROM waiting"
    " WHERE waiting.place_id = incoming.place_id AND waiting.id = incoming.id)"
)
WAIT = text(
    f"INSERT INTO waiting ({COLUMNS}, imported) SELECT {COLUMNS}, true FROM incoming ORDER BY place_id, id"  # noqa: S608
)
EMPTY = text("DELETE FROM incoming")
UNSTAGE = text("DROP TABLE incoming")


def begin_bulk(session: Session) -> None:
    """Prepare this transaction for bulk rows; on PostgreSQL, wait for other bulk transactions."""
    dialect = session.connection().dialect.name
    if dialect == "postgresql":
        session.execute(ONE_IMPORT_AT_A_TIME)
    session.execute(text(STAGES[dialect]))


def end_bulk(session: Session) -> None:
    session.execute(UNSTAGE)


def add_bulk(session: Session, rows: Sequence[BulkRow]) -> int:
    """Store those of ``rows`` that are new among those that wait, as answers from a file; return how
    many."""
    new = _load(session, rows)
    if new:
        session.execute(WAIT)
    session.execute(EMPTY)
    return new


def count_new(session: Session, rows: Sequence[BulkRow]) -> int:
    """Return how many of ``rows`` add_bulk() would store."""
    new = _load(session, rows)
    session.execute(EMPTY)
    return new


def _load(session: Session, rows: Sequence[BulkRow]) -> int:
    """Stage ``rows`` and remove those that are stored already; return how many remain."""
    if not rows:
        return 0
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection.connection.driver_connection, rows)
    else:
        connection.exec_driver_sql(f"INSERT INTO incoming ({COLUMNS}) VALUES ({placeholders(9)})", list(rows))  # noqa: S608
    known = row_count(session.execute(FORGET_KNOWN))
    return len(rows) - known


def _copy(connection: object, rows: Iterable[BulkRow]) -> None:
    with (
        connection.cursor() as cursor,  # type: ignore[attr-defined]
        cursor.copy(f"COPY incoming ({COLUMNS}) FROM STDIN") as copy,
    ):
        for place, key, *rest in rows:
            copy.write_row((place, key.hex(), *rest))


def places_with(keys: Iterable[bytes]) -> list[str]:
    """Return the codes of the places with answers under one of these ids."""
    ids = [uuid.UUID(bytes=key) for key in keys]
    everywhere = select(Place.id)
    place_ids = union(
        *(
            select(table.place_id).where(table.place_id.in_(everywhere), table.id.in_(ids))
            for table in (Response, Waiting)
        )
    ).subquery()
    statement = select(Place.code).where(Place.id.in_(select(place_ids.c.place_id))).order_by(Place.code)
    return list(db.session.scalars(statement))


def questionnaire_to_be_limited(questionnaire_id: int) -> Questionnaire:
    """Return a questionnaire with its row locked against submissions under its maximum and changes."""
    statement = select(Questionnaire).filter_by(id=questionnaire_id).with_for_update(key_share=True)
    return db.session.execute(statement.execution_options(populate_existing=True)).scalar_one()


def link_to_be_limited(link_id: int) -> Link:
    """Return a link with its row locked against submissions under its maximum and changes."""
    statement = select(Link).filter_by(id=link_id).with_for_update(key_share=True)
    return db.session.execute(statement.execution_options(populate_existing=True)).scalar_one()


def count_responses(questionnaire_id: int) -> int:
    """Return how many answered a questionnaire, those that wait included; it reads them all."""
    versions = select(Version.id).where(Version.questionnaire_id == questionnaire_id)
    return sum(
        db.session.scalar(select(func.count()).where(table.version_id.in_(versions))) or 0
        for table in (Response, Waiting)
    )


def contact(contact_id: uuid.UUID) -> Contact | None:
    return db.session.get(Contact, contact_id)


def place_of_contact(contact_id: uuid.UUID) -> Place | None:
    """Return the place of a contact, None when it does not exist."""
    statement = select(Place).join(Contact, Contact.place_id == Place.id)
    return db.session.scalar(statement.where(Contact.id == contact_id))


def contacts(
    within: Place | None, done: bool, skip: int, most: int
) -> list[Row[Contact, Place, Questionnaire]]:
    """Return a page of contacts, the newest week first.

    Within a week they are ordered by their random ids, which does not reveal who came first.
    """
    statement = (
        _contacts(select(Contact, Place, Questionnaire), within, done)
        .join(Questionnaire, Questionnaire.id == Contact.questionnaire_id)
        .order_by(Contact.week.desc(), Contact.id)
    )
    return list(db.session.execute(statement.offset(skip).limit(most)))


def count_contacts(within: Place | None, done: bool) -> int:
    """Return how many contacts contacts() returns on all pages."""
    return db.session.scalar(_contacts(select(func.count()).select_from(Contact), within, done)) or 0


def erase_contacts(session: Session, called_before: date, asked_before: date) -> int:
    """Delete contacts that were called before a day or asked before another; return how many."""
    old = (Contact.done_on < called_before) | (Contact.week < asked_before)
    return row_count(session.execute(delete(Contact).where(old)))


T = TypeVarTuple("T")


def _contacts(statement: Select[*T], within: Place | None, done: bool) -> Select[*T]:
    statement = statement.join(Place, Place.id == Contact.place_id)
    statement = statement.where(Contact.done_on.is_not(None) if done else Contact.done_on.is_(None))
    if within is not None:
        statement = statement.where(in_part(within.path))
    return statement

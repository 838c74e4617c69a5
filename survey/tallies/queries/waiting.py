"""Queries of the responses that wait to be counted, and of those that were counted."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    tuple_,
)
from sqlalchemy.types import NullType

from survey.db import db, decode_documents, execute_many, raw_column
from survey.places.models import Place
from survey.places.queries import in_part
from survey.questionnaires.rules import careless
from survey.responses.models import Late, Response, Waiting
from survey.tallies.rules.parts import FLAGGED, UNFLAGGED, Common
from survey.tallies.subject_key import ALL_EMPLOYEES

PAGE = 10_000
# The key of the advisory lock: any number that no other feature locks.
FOLDING = 0x7A11_1E5

JOINED = and_(Response.place_id == Waiting.place_id, Response.id == Waiting.response_id)
_employee: ColumnElement[int] = func.coalesce(Response.employee_id, ALL_EMPLOYEES)
QUEUE = (Response.place_id, _employee, Response.version_id)
CARE = case(
    (Response.signs.is_(None), ""), (Response.signs.op("&")(careless.ANY) > 0, FLAGGED), else_=UNFLAGGED
)
COMMON = (Response.channel, Response.locale, CARE)
# Ids and documents as the driver has them: to make Python objects of each would take a quarter of a fold.
ID = raw_column(Response.id)
DOCUMENT = raw_column(Response.answers)
ANSWERED = (*QUEUE, *COMMON, Response.signs, Response.day, DOCUMENT)

REMOVE = "DELETE FROM waiting WHERE place_id = ? AND response_id = ?"
ADD = "INSERT INTO waiting (place_id, response_id) VALUES (?, ?)"
KEEP_LATE = "INSERT INTO late (place_id, response_id, month) VALUES (?, ?, ?)"

WaitingKey = tuple[int, Any]  # ids of place and response, the latter as the driver has it


class Queue(NamedTuple):
    """The key of responses that are counted together: those about a place, employee (0: none) and version."""

    place_id: int
    employee_id: int
    version_id: int


class WaitingResponse(NamedTuple):
    """The columns of a response that are counted."""

    queue: Queue
    common: Common
    day: date
    answers: dict[str, Any]
    signs: int | None = None


WaitingPage = list[tuple[WaitingKey, WaitingResponse]]


def lock() -> None:
    """Lock the tallies until the transaction ends, so that only one transaction at a time changes them.
    SQLite has a single writer anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": FOLDING})


def pages(first: int, last: int) -> Iterator[WaitingPage]:
    """Yield the waiting responses of the places with ids from ``first`` to ``last``, PAGE at a time."""
    key = tuple_(Waiting.place_id, Waiting.response_id)
    statement = (
        select(ID, *ANSWERED)
        .select_from(Waiting)
        .join(Response, JOINED)
        .where(Waiting.place_id.between(first, last))
        .order_by(Waiting.place_id, Waiting.response_id)
        .limit(PAGE)
    )
    after: WaitingKey | None = None
    while True:
        page = statement.where(key > tuple_(*_bound(after))) if after else statement
        rows = db.session.execute(page).all()
        if rows:
            keys = [(row[1], row[0]) for row in rows]
            yield list(zip(keys, _responses([row[1:] for row in rows]), strict=True))
        if len(rows) < PAGE:
            return
        after = keys[-1]


def _bound(key: WaitingKey) -> tuple[Any, Any]:
    place_id, response_id = key
    return (
        bindparam("place", place_id, Waiting.place_id.type),
        bindparam("response", response_id, NullType()),
    )


def remove(keys: Sequence[WaitingKey]) -> None:
    """Delete these responses from those that wait to be counted."""
    execute_many(REMOVE, keys)


def add(keys: Sequence[WaitingKey]) -> None:
    """Add these responses to those that wait to be counted."""
    execute_many(ADD, keys)


def save_late(rows: Sequence[tuple[int, Any, date]]) -> None:
    """Store the later month as of which responses are shown, each (place_id, response_id, month)."""
    execute_many(
        KEEP_LATE, [(place_id, response_id, month.isoformat()) for place_id, response_id, month in rows]
    )


def remove_late(place_id: int) -> None:
    db.session.execute(delete(Late).where(Late.place_id == place_id))


def save_day_late(queue: Queue, common: Common, day: date, month: date) -> None:
    """Store the later ``month`` as of which the counted responses of a queue and a day, which have ``common``
    in common, are shown."""
    waits = exists().where(JOINED)
    theirs = select(Response.place_id, Response.id, literal(month, Date)).where(
        Response.place_id == queue.place_id,
        _employee == queue.employee_id,
        Response.version_id == queue.version_id,
        tuple_(*COMMON) == tuple_(*common),
        Response.day == day,
        ~waits,
    )
    db.session.execute(insert(Late).from_select(["place_id", "response_id", "month"], theirs))


def counted_pages(place_id: int) -> Iterator[list[WaitingResponse]]:
    """Return the counted responses of this place, those that do not wait, PAGE at a time."""
    waits = exists().where(JOINED)
    return _stream(select(*ANSWERED).where(Response.place_id == place_id, ~waits))


def send_back(place_id: int, k: int) -> None:
    """Let the counted responses of this place wait again where their queue has fewer than ``k`` of them."""
    waits = exists().where(JOINED)
    few = (
        select(_employee, Response.version_id)
        .where(Response.place_id == place_id, ~waits)
        .group_by(_employee, Response.version_id)
        .having(func.count() < k)
    )
    for employee_id, version_id in db.session.execute(few).all():
        theirs = select(Response.place_id, Response.id).where(
            Response.place_id == place_id, _employee == employee_id, Response.version_id == version_id, ~waits
        )
        db.session.execute(insert(Waiting).from_select(["place_id", "response_id"], theirs))


def waiting_at_places(place_ids: Select[int]) -> FromClause:
    """Return a FROM clause of the responses that wait at these places. It is driven by the materialised
    waiting rows, because SQLite would scan all responses otherwise."""
    key = (Waiting.place_id, Waiting.response_id)
    few = select(*key).where(Waiting.place_id.in_(place_ids)).cte("few").prefix_with("MATERIALIZED")
    return few.join(Response, and_(Response.place_id == few.c.place_id, Response.id == few.c.response_id))


def waiting_in_subtree(
    path: str, versions: Sequence[int], first: date, last: date
) -> Iterator[list[WaitingResponse]]:
    """Return the waiting responses of these versions and days in the part of the tree at ``path``, PAGE at a
    time."""
    inside = select(Place.id).where(in_part(path))
    return _stream(
        select(*ANSWERED)
        .select_from(waiting_at_places(inside))
        .where(
            Response.version_id.in_(versions),
            Response.day.between(first, last),
        )
    )


def _stream(statement: Select[Any]) -> Iterator[list[WaitingResponse]]:
    rows = db.session.execute(statement, execution_options={"yield_per": PAGE})
    for page in rows.partitions():
        yield list(_responses(page))


def _responses(rows: Sequence[Sequence[Any]]) -> Iterator[WaitingResponse]:
    """Yield the responses of rows with the columns of ANSWERED. Responses share their keys, which saves
    memory and time."""
    queues: dict[tuple[int, int, int], Queue] = {}
    commons: dict[tuple[str, str, str], Common] = {}
    for row, answers in zip(rows, decode_documents([row[-1] for row in rows]), strict=True):
        place_id, employee_id, version_id, channel, language, care, signs, day, _text = row
        queue, common = (place_id, employee_id, version_id), (channel, language, care)
        if queue not in queues:
            queues[queue] = Queue(*queue)
        if common not in commons:
            commons[common] = Common(*common)
        yield WaitingResponse(queues[queue], commons[common], day, answers, signs)

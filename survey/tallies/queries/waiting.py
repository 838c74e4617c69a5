"""Responses that wait to be counted, and those that were."""

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

from survey.db import db, documents, execute_many, raw
from survey.places.models import Place
from survey.places.queries import in_part
from survey.questionnaires.rules import careless
from survey.responses.models import Late, Response, Waiting
from survey.tallies.rules.parts import FLAGGED, UNFLAGGED, Common
from survey.tallies.subject_key import ALL_EMPLOYEES

PAGE = 10_000
# Any number will do that no other feature locks.
FOLDING = 0x7A11_1E5

JOINED = and_(Response.place_id == Waiting.place_id, Response.id == Waiting.response_id)
_employee: ColumnElement[int] = func.coalesce(Response.employee_id, ALL_EMPLOYEES)
QUEUE = (Response.place_id, _employee, Response.version_id)
CARE = case(
    (Response.signs.is_(None), ""), (Response.signs.op("&")(careless.ANY) > 0, FLAGGED), else_=UNFLAGGED
)
COMMON = (Response.channel, Response.locale, CARE)
# Ids and documents as the driver has them: it is a quarter of a fold to make Python's objects of each.
ID = raw(Response.id)
DOCUMENT = raw(Response.answers)
ANSWERED = (*QUEUE, *COMMON, Response.signs, Response.day, DOCUMENT)

REMOVE = "DELETE FROM waiting WHERE place_id = ? AND response_id = ?"
ADD = "INSERT INTO waiting (place_id, response_id) VALUES (?, ?)"
KEEP_LATE = "INSERT INTO late (place_id, response_id, month) VALUES (?, ?, ?)"

WaitingKey = tuple[int, Any]  # place and response, the latter as the driver has it


class Queue(NamedTuple):
    """Whose answers are counted together: those about one place, employee (0: none) and version."""

    place_id: int
    employee_id: int
    version_id: int


class WaitingResponse(NamedTuple):
    """What is counted of a response."""

    queue: Queue
    common: Common
    day: date
    answers: dict[str, Any]
    signs: int | None = None


WaitingPage = list[tuple[WaitingKey, WaitingResponse]]


def lock() -> None:
    """Let one at a time change tallies, until the transaction ends. SQLite does so by itself."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": FOLDING})


def pages(first: int, last: int) -> Iterator[WaitingPage]:
    """Return the waiting responses of the places with ids from ``first`` to ``last``, PAGE at a time."""
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
            yield list(zip(keys, _answered([row[1:] for row in rows]), strict=True))
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
    """Remove these responses from those that wait to be counted."""
    execute_many(REMOVE, keys)


def add(keys: Sequence[WaitingKey]) -> None:
    """Let these responses wait to be counted."""
    execute_many(ADD, keys)


def keep_late(rows: Sequence[tuple[int, Any, date]]) -> None:
    """Note of responses, each (place_id, response_id, month), that they are shown as of a later month."""
    execute_many(KEEP_LATE, [(place_id, key, month.isoformat()) for place_id, key, month in rows])


def forget_late(place_id: int) -> None:
    db.session.execute(delete(Late).where(Late.place_id == place_id))


def keep_day_late(queue: Queue, common: Common, day: date, month: date) -> None:
    """Note of what was counted of a queue, channel and language on a day that it is shown as of a later
    month."""
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


def counted_already(place_id: int) -> Iterator[list[WaitingResponse]]:
    """Return every response of this place that does not wait, PAGE at a time."""
    waits = exists().where(JOINED)
    return _streamed(select(*ANSWERED).where(Response.place_id == place_id, ~waits))


def send_back(place_id: int, k: int) -> None:
    """Let the counted responses of queues of this place that hold fewer than ``k`` of them wait again."""
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


def at_places(place_ids: Select[int]) -> FromClause:
    """Return the responses that wait at these places, found by what waits: SQLite would rather look at
    all."""
    key = (Waiting.place_id, Waiting.response_id)
    few = select(*key).where(Waiting.place_id.in_(place_ids)).cte("few").prefix_with("MATERIALIZED")
    return few.join(Response, and_(Response.place_id == few.c.place_id, Response.id == few.c.response_id))


def still_waiting(
    path: str, versions: Sequence[int], first: date, last: date
) -> Iterator[list[WaitingResponse]]:
    """Return the waiting responses of these versions and days in the part of the tree at ``path``."""
    inside = select(Place.id).where(in_part(path))
    return _streamed(
        select(*ANSWERED)
        .select_from(at_places(inside))
        .where(
            Response.version_id.in_(versions),
            Response.day.between(first, last),
        )
    )


def _streamed(statement: Select[Any]) -> Iterator[list[WaitingResponse]]:
    rows = db.session.execute(statement, execution_options={"yield_per": PAGE})
    for page in rows.partitions():
        yield list(_answered(page))


def _answered(rows: Sequence[Sequence[Any]]) -> Iterator[WaitingResponse]:
    """Of the columns of ANSWERED."""
    queues: dict[tuple[int, int, int], Queue] = {}
    commons: dict[tuple[str, str, str], Common] = {}
    for row, answers in zip(rows, documents([row[-1] for row in rows]), strict=True):
        place_id, employee_id, version_id, channel, language, care, signs, day, _text = row
        queue, common = (place_id, employee_id, version_id), (channel, language, care)
        if queue not in queues:
            queues[queue] = Queue(*queue)
        if common not in commons:
            commons[common] = Common(*common)
        yield WaitingResponse(queues[queue], commons[common], day, answers, signs)

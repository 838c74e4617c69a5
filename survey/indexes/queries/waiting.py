"""Responses that wait to be counted, and those that were."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    tuple_,
)

from survey.db import db
from survey.indexes.models import ALL_EMPLOYEES
from survey.places.models import Place
from survey.responses.models import Late, Response, Waiting

PAGE = 10_000
# Any number will do that no other feature locks.
FOLDING = 0x7A11_1E5

JOINED = and_(Response.place_id == Waiting.place_id, Response.id == Waiting.response_id)
EMPLOYEE = func.coalesce(Response.employee_id, ALL_EMPLOYEES)
ANSWERED = (Response.place_id, EMPLOYEE, Response.version_id, Response.day, Response.answers)


class Queue(NamedTuple):
    """Whose answers are counted together: those about one place, employee (0: none) and version."""

    place_id: int
    employee_id: int
    version_id: int


class Answered(NamedTuple):
    """What is counted of a response."""

    queue: Queue
    day: date
    answers: dict[str, Any]


def lock() -> None:
    """Lets one at a time change tallies, until the transaction ends. SQLite does so by itself."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": FOLDING})


def due(k: int, limit: int) -> list[Queue]:
    """Queues in which ``k`` or more wait, by place: whole ones, until they hold ``limit`` responses."""
    # Most of what waits is in places with too few; this looks at nothing but the key to set them aside.
    held = func.count()
    places = select(Waiting.place_id).group_by(Waiting.place_id).having(held >= k)
    candidates = list(db.session.scalars(places.order_by(Waiting.place_id)))
    found: list[Queue] = []
    total = 0
    for i in range(0, len(candidates), 500):
        columns = (Response.place_id, EMPLOYEE, Response.version_id)
        statement = (
            select(*columns, held)
            .select_from(Waiting)
            .join(Response, JOINED)
            .where(Waiting.place_id.in_(candidates[i : i + 500]))
            .group_by(*columns)
            .having(held >= k)
            .order_by(Response.place_id)
        )
        for place_id, employee_id, version_id, n in db.session.execute(statement):
            found.append(Queue(place_id, employee_id, version_id))
            total += n
            if total >= limit:
                return found
    return found


def pages(first: int, last: int) -> Iterator[Sequence[Row[Any]]]:
    """The waiting responses of the places with ids from ``first`` to ``last``, PAGE at a time: (id,
    place_id, employee_id or 0, version_id, day, answers)."""
    key = tuple_(Waiting.place_id, Waiting.response_id)
    statement = (
        select(Response.id, *ANSWERED)
        .select_from(Waiting)
        .join(Response, JOINED)
        .where(Waiting.place_id.between(first, last))
        .order_by(Waiting.place_id, Waiting.response_id)
        .limit(PAGE)
    )
    after: tuple[int, uuid.UUID] | None = None
    while True:
        page = statement.where(key > tuple_(*_bound(after))) if after else statement
        rows = db.session.execute(page).all()
        if rows:
            yield rows
        if len(rows) < PAGE:
            return
        after = (rows[-1].place_id, rows[-1].id)


def _bound(key: tuple[int, uuid.UUID]) -> tuple[Any, Any]:
    place_id, response_id = key
    return (
        bindparam("place", place_id, Waiting.place_id.type),
        bindparam("response", response_id, Waiting.response_id.type),
    )


def remove(keys: Sequence[tuple[int, uuid.UUID]]) -> None:
    """These responses, each (place_id, response_id), wait no more."""
    statement = delete(Waiting).where(
        Waiting.place_id == bindparam("place"), Waiting.response_id == bindparam("response")
    )
    if not keys:
        return
    rows = [{"place": place_id, "response": response_id} for place_id, response_id in keys]
    db.session.connection().execute(statement, rows)


def keep_late(rows: Sequence[tuple[int, uuid.UUID, date]]) -> None:
    """Notes of responses, each (place_id, response_id, month), that they are shown as of a later month."""
    if rows:
        names = ("place_id", "response_id", "month")
        values = [dict(zip(names, row, strict=True)) for row in rows]
        db.session.connection().execute(insert(Late), values)


def forget_late(place_id: int) -> None:
    db.session.execute(delete(Late).where(Late.place_id == place_id))


def keep_day_late(queue: Queue, day: date, month: date) -> None:
    """Notes of what was counted in a queue on a day that it is shown as of a later month."""
    waits = exists().where(JOINED)
    theirs = select(Response.place_id, Response.id, literal(month, Date)).where(
        Response.place_id == queue.place_id,
        queue.employee_id == EMPLOYEE,
        Response.version_id == queue.version_id,
        Response.day == day,
        ~waits,
    )
    db.session.execute(insert(Late).from_select(["place_id", "response_id", "month"], theirs))


def counted_already(place_id: int) -> Iterator[list[Answered]]:
    """Every response of this place that does not wait, PAGE at a time."""
    waits = exists().where(JOINED)
    return _streamed(select(*ANSWERED).where(Response.place_id == place_id, ~waits))


def send_back(place_id: int, k: int) -> None:
    """Lets the counted responses of queues of this place that hold fewer than ``k`` of them wait again."""
    waits = exists().where(JOINED)
    few = (
        select(EMPLOYEE, Response.version_id)
        .where(Response.place_id == place_id, ~waits)
        .group_by(EMPLOYEE, Response.version_id)
        .having(func.count() < k)
    )
    for employee_id, version_id in db.session.execute(few).all():
        theirs = select(Response.place_id, Response.id).where(
            Response.place_id == place_id, employee_id == EMPLOYEE, Response.version_id == version_id, ~waits
        )
        db.session.execute(insert(Waiting).from_select(["place_id", "response_id"], theirs))


def still_waiting(path: str, versions: Sequence[int], first: date, last: date) -> Iterator[list[Answered]]:
    """The waiting responses of these versions and days in the part of the tree at ``path``."""
    inside = select(Place.id).where(Place.path.startswith(path, autoescape=True))
    return _streamed(
        select(*ANSWERED)
        .select_from(Waiting)
        .join(Response, JOINED)
        .where(
            Response.place_id.in_(inside),
            Response.version_id.in_(versions),
            Response.day.between(first, last),
        )
    )


def _streamed(statement: Select[Any]) -> Iterator[list[Answered]]:
    rows = db.session.execute(statement, execution_options={"yield_per": PAGE})
    for page in rows.partitions():
        yield [Answered(Queue(*row[:3]), *row[3:]) for row in page]

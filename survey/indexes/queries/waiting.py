"""Responses that wait to be counted, and those that were."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
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
from survey.indexes.rules.parts import Common, Waits
from survey.indexes.rules.parts import due as release_now
from survey.places.models import Place
from survey.responses.models import Late, Response, Waiting

PAGE = 10_000
# Any number will do that no other feature locks.
FOLDING = 0x7A11_1E5

JOINED = and_(Response.place_id == Waiting.place_id, Response.id == Waiting.response_id)
EMPLOYEE = func.coalesce(Response.employee_id, ALL_EMPLOYEES)
QUEUE = (Response.place_id, EMPLOYEE, Response.version_id)
COMMON = (Response.channel, Response.locale)
REMOVE = "DELETE FROM waiting WHERE place_id = {} AND response_id = {}"
ANSWERED = (*QUEUE, *COMMON, Response.day, Response.answers)


Key = tuple[int, uuid.UUID]  # place and response


class Queue(NamedTuple):
    """Whose answers are counted together: those about one place, employee (0: none) and version."""

    place_id: int
    employee_id: int
    version_id: int


class Answered(NamedTuple):
    """What is counted of a response."""

    queue: Queue
    common: Common
    day: date
    answers: dict[str, Any]


Page = list[tuple[Key, Answered]]


def lock() -> None:
    """Lets one at a time change tallies, until the transaction ends. SQLite does so by itself."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": FOLDING})


def due(k: int, today: date, limit: int) -> dict[Queue, frozenset[Common]]:
    """Queues of which answers are to be released, by place, and of what channel and language these are (see
    rules.parts.due()): whole ones, until they hold ``limit`` such responses."""
    # Most of what waits is in places with too few; this looks at nothing but the key to set them aside.
    held = func.count()
    places = select(Waiting.place_id).group_by(Waiting.place_id).having(held >= k)
    candidates = list(db.session.scalars(places.order_by(Waiting.place_id)))
    found: dict[Queue, frozenset[Common]] = {}
    total = 0
    for i in range(0, len(candidates), 500):
        for queue, waits in _waits(candidates[i : i + 500]).items():
            if those := release_now(waits, k, today):
                found[queue] = those
                total += sum(waits[common].n for common in those)
            if total >= limit:
                return found
    return found


def _waits(place_ids: Sequence[int]) -> dict[Queue, dict[Common, Waits]]:
    """Who waits at these places, by place."""
    statement = (
        select(*QUEUE, *COMMON, func.count(), func.min(Response.day))
        .select_from(Waiting)
        .join(Response, JOINED)
        .where(Waiting.place_id.in_(place_ids))
        .group_by(*QUEUE, *COMMON)
        .order_by(Response.place_id)
    )
    found: dict[Queue, dict[Common, Waits]] = {}
    for place_id, employee_id, version_id, channel, language, n, since in db.session.execute(statement):
        queue = Queue(place_id, employee_id, version_id)
        found.setdefault(queue, {})[Common(channel, language)] = Waits(n, since)
    return found


def pages(first: int, last: int) -> Iterator[Page]:
    """The waiting responses of the places with ids from ``first`` to ``last``, PAGE at a time."""
    key = tuple_(Waiting.place_id, Waiting.response_id)
    statement = (
        select(Response.id, *ANSWERED)
        .select_from(Waiting)
        .join(Response, JOINED)
        .where(Waiting.place_id.between(first, last))
        .order_by(Waiting.place_id, Waiting.response_id)
        .limit(PAGE)
    )
    after: Key | None = None
    while True:
        page = statement.where(key > tuple_(*_bound(after))) if after else statement
        rows = db.session.execute(page).all()
        if rows:
            keys = [(row[1], row[0]) for row in rows]
            yield list(zip(keys, _answered(row[1:] for row in rows), strict=True))
        if len(rows) < PAGE:
            return
        after = (rows[-1].place_id, rows[-1].id)


def _bound(key: Key) -> tuple[Any, Any]:
    place_id, response_id = key
    return (
        bindparam("place", place_id, Waiting.place_id.type),
        bindparam("response", response_id, Waiting.response_id.type),
    )


def remove(keys: Sequence[Key]) -> None:
    """These responses, each (place_id, response_id), wait no more."""
    connection = db.session.connection()
    if not keys:
        return
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(REMOVE.format("%s", "%s"), list(keys))
    else:
        rows = [(place_id, response_id.bytes) for place_id, response_id in keys]
        connection.exec_driver_sql(REMOVE.format("?", "?"), rows)


def add(keys: Sequence[Key]) -> None:
    """These responses wait."""
    rows = [{"place_id": place_id, "response_id": response_id} for place_id, response_id in keys]
    db.session.connection().execute(insert(Waiting), rows)


def keep_late(rows: Sequence[tuple[int, uuid.UUID, date]]) -> None:
    """Notes of responses, each (place_id, response_id, month), that they are shown as of a later month."""
    if rows:
        names = ("place_id", "response_id", "month")
        values = [dict(zip(names, row, strict=True)) for row in rows]
        db.session.connection().execute(insert(Late), values)


def forget_late(place_id: int) -> None:
    db.session.execute(delete(Late).where(Late.place_id == place_id))


def keep_day_late(queue: Queue, common: Common, day: date, month: date) -> None:
    """Notes of what was counted of a queue, channel and language on a day that it is shown as of a later
    month."""
    waits = exists().where(JOINED)
    theirs = select(Response.place_id, Response.id, literal(month, Date)).where(
        Response.place_id == queue.place_id,
        queue.employee_id == EMPLOYEE,
        Response.version_id == queue.version_id,
        tuple_(*COMMON) == tuple_(*common),
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
        yield list(_answered(page))


def _answered(rows: Iterable[Sequence[Any]]) -> Iterator[Answered]:
    """Of the columns of ANSWERED."""
    queues: dict[tuple[int, int, int], Queue] = {}
    commons: dict[tuple[str, str], Common] = {}
    for place_id, employee_id, version_id, channel, language, day, answers in rows:
        queue, common = (place_id, employee_id, version_id), (channel, language)
        if queue not in queues:
            queues[queue] = Queue(*queue)
        if common not in commons:
            commons[common] = Common(*common)
        yield Answered(queues[queue], commons[common], day, answers)

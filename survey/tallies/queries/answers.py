"""Answers that wait, and those that were released, one by one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select, text, update

from survey.batches.rules.classes import Class
from survey.db import db, decode_documents, execute_many, raw_column
from survey.places.models import Place
from survey.places.queries import in_part
from survey.questionnaires.models import Version
from survey.questionnaires.rules import careless
from survey.responses.models import AnswerColumns, Response, Waiting
from survey.tallies.rules.parts import FLAGGED, UNFLAGGED
from survey.tallies.subject_key import ALL_EMPLOYEES
from survey.transaction import Session

PAGE = 10_000

COLUMNS = "place_id, id, employee_id, version_id, day, channel, locale, answers, signs"
HOLD = "UPDATE waiting SET queue_id = ? WHERE place_id = ? AND id = ?"
STAGE = "INSERT INTO leaving (place_id, id, batch_id) VALUES (?, ?, ?)"
LEAVING = "place_id integer, id {id}, batch_id integer, PRIMARY KEY (place_id, id)"
STAGES = {
    "sqlite": f"CREATE TEMP TABLE leaving ({LEAVING.format(id='blob')}) WITHOUT ROWID",
    "postgresql": f"CREATE TEMP TABLE leaving ({LEAVING.format(id='uuid')}) ON COMMIT DROP",
}
# From what leaves to what waits (SQLite keeps the order of a cross join): looking through all that waits
# would take the longer the more waits.
RELEASE = text(
    f"INSERT INTO response ({COLUMNS}, batch_id) SELECT"  # noqa: S608
    f" {', '.join(f'waiting.{name}' for name in COLUMNS.split(', '))}, leaving.batch_id FROM leaving"
    " CROSS JOIN waiting WHERE waiting.place_id = leaving.place_id AND waiting.id = leaving.id"
    " ORDER BY waiting.place_id, waiting.id"
)
LEAVE = text("DELETE FROM waiting WHERE (place_id, id) IN (SELECT place_id, id FROM leaving)")
UNSTAGE = text("DROP TABLE leaving")


class StoredAnswers(NamedTuple):
    """What one customer answered. ``id`` is as the driver has it; ``common`` says what all are divided by."""

    id: Any
    version_id: int
    common: Class
    day: date
    signs: int | None
    answers: dict[str, Any]


class Leaving(NamedTuple):
    """Answers that are released with a batch."""

    place_id: int
    id: Any
    batch_id: int


def waiting_at(
    place_id: int, questionnaire_id: int, imported: bool = False
) -> list[tuple[StoredAnswers, int | None]]:
    """Return the answers to a questionnaire that wait at a point, in the order of their ids, each with the
    queue in whose reserve it is held back (None: in none); those that came in files when ``imported``, the
    others else."""
    versions = select(Version.id).where(Version.questionnaire_id == questionnaire_id)
    statement = (
        select(*_columns(Waiting), Waiting.queue_id)
        .where(Waiting.place_id == place_id, Waiting.version_id.in_(versions), Waiting.imported.is_(imported))
        .order_by(Waiting.id)
    )
    rows = db.session.execute(statement).all()
    return list(zip(_stored([row[:-1] for row in rows]), (row.queue_id for row in rows), strict=True))


def with_files() -> list[tuple[int, int]]:
    """Return the points and questionnaires of answers that came in files and wait, by point."""
    statement = (
        select(Waiting.place_id, Version.questionnaire_id)
        .join(Version, Version.id == Waiting.version_id)
        .where(Waiting.imported)
        .distinct()
        .order_by(Waiting.place_id, Version.questionnaire_id)
    )
    return [(place_id, questionnaire_id) for place_id, questionnaire_id in db.session.execute(statement)]


def waiting_below(
    path: str, version_ids: Sequence[int], first: date, last: date
) -> Iterator[list[tuple[int, StoredAnswers]]]:
    """Yield the waiting answers of these versions and days in the part of the tree at ``path``, each with its
    point, PAGE at a time."""
    statement = select(*_columns(Waiting), Waiting.place_id).where(
        Waiting.place_id.in_(select(Place.id).where(in_part(path))),
        Waiting.version_id.in_(version_ids),
        Waiting.day.between(first, last),
    )
    rows = db.session.execute(statement, execution_options={"yield_per": PAGE})
    for page in rows.partitions():
        yield list(zip((row.place_id for row in page), _stored([row[:-1] for row in page]), strict=True))


def released_at(
    place_id: int, batch_ids: Sequence[int] | None = None
) -> Iterator[list[tuple[int, StoredAnswers]]]:
    """Yield the released answers of a point, those of ``batch_ids`` where these are given, each with its
    batch, PAGE at a time."""
    statement = select(*_columns(Response), Response.batch_id).where(Response.place_id == place_id)
    if batch_ids is not None:
        statement = statement.where(Response.batch_id.in_(batch_ids))
    rows = db.session.execute(statement, execution_options={"yield_per": PAGE})
    for page in rows.partitions():
        yield list(zip((row.batch_id for row in page), _stored([row[:-1] for row in page]), strict=True))


def hold(place_id: int, ids: Iterable[Any], queue_id: int) -> None:
    """Hold these answers back in the reserve of a queue."""
    execute_many(HOLD, [(queue_id, place_id, key) for key in ids])


def release(session: Session, leaving: Sequence[Leaving]) -> None:
    """Move these answers from those that wait to those that are released."""
    session.execute(text(STAGES[session.get_bind().dialect.name]))
    execute_many(STAGE, leaving)
    session.execute(RELEASE)
    session.execute(LEAVE)
    session.execute(UNSTAGE)


def give_to(session: Session, place_id: int, batch_id: int, larger_id: int) -> None:
    """Let the responses of a batch be those of another."""
    statement = update(Response).where(Response.place_id == place_id, Response.batch_id == batch_id)
    session.execute(statement.values(batch_id=larger_id))


def _columns(table: type[AnswerColumns]) -> list[Any]:
    """Return the columns of StoredAnswers: ids and documents as the driver has them, for it is a quarter of
    the work to make Python's objects of each."""
    care: ColumnElement[str] = case(
        (table.signs.is_(None), ""), (table.signs.op("&")(careless.ANY) > 0, FLAGGED), else_=UNFLAGGED
    )
    employee: ColumnElement[int] = func.coalesce(table.employee_id, ALL_EMPLOYEES)
    common = (employee, table.channel, table.locale, care)
    return [
        raw_column(table.id),
        table.version_id,
        *common,
        table.day,
        table.signs,
        raw_column(table.answers),
    ]


def _stored(rows: Sequence[Sequence[Any]]) -> Iterator[StoredAnswers]:
    commons: dict[tuple[Any, ...], Class] = {}
    for row, answers in zip(rows, decode_documents([row[-1] for row in rows]), strict=True):
        key, version_id, *common, day, signs, _text = row
        traits = tuple(common)
        if traits not in commons:
            commons[traits] = Class._make(traits)
        yield StoredAnswers(key, version_id, commons[traits], day, signs, answers)

"""SQL of queues and batches."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import aliased

from survey.db import db, upsert
from survey.transaction import Session

from .models import Arrival, Batch, Carried, Queue
from .rules.classes import Class

PointAndQuestionnaire = tuple[int, int]
ARRIVAL = ("place_id", "questionnaire_id", "day", *Class._fields)


def is_due(today: date) -> bool:
    """Return whether a batch closes ``today`` or closed before, and was not released."""
    return bool(db.session.scalar(select(exists().where(*_is_due(today)))))


def due(session: Session, today: date, limit: int) -> list[PointAndQuestionnaire]:
    """Return the first points and questionnaires with a queue whose batch closes ``today`` or closed
    before."""
    statement = (
        select(Queue.place_id, Queue.questionnaire_id)
        .where(*_is_due(today))
        .distinct()
        .order_by(Queue.place_id, Queue.questionnaire_id)
        .limit(limit)
    )
    return [(place_id, questionnaire_id) for place_id, questionnaire_id in session.execute(statement)]


def _is_due(today: date) -> tuple[ColumnElement[bool], ...]:
    return Queue.closes_on <= today, Queue.ended_on.is_(None), Queue.imported.is_(False)


def open_queues(
    session: Session, place_id: int, questionnaire_id: int, imported: bool = False
) -> list[Queue]:
    """Return the queues of a point and questionnaire that have not ended, the common one first."""
    statement = (
        select(Queue)
        .filter_by(place_id=place_id, questionnaire_id=questionnaire_id, imported=imported, ended_on=None)
        .order_by(Queue.employee_id.is_not(None), Queue.channel, Queue.language, Queue.care, Queue.id)
    )
    return list(session.scalars(statement))


def opened(session: Session) -> set[PointAndQuestionnaire]:
    """Return the points and questionnaires that have a queue which has not ended."""
    statement = select(Queue.place_id, Queue.questionnaire_id).where(
        Queue.ended_on.is_(None), Queue.imported.is_(False)
    )
    return {(place_id, questionnaire_id) for place_id, questionnaire_id in session.execute(statement)}


def batches(session: Session, place_id: int, questionnaire_id: int) -> list[Batch]:
    """Return the batches of a questionnaire at a point, in the order in which they were released: of files
    that is not the order of their days."""
    statement = (
        select(Batch)
        .join(Queue, Queue.id == Batch.queue_id)
        .where(Queue.place_id == place_id, Queue.questionnaire_id == questionnaire_id)
        .order_by(Batch.id)
    )
    return list(session.scalars(statement))


def batches_at(session: Session, place_id: int) -> list[Batch]:
    """Return the batches of a point, the oldest first."""
    statement = (
        select(Batch)
        .join(Queue, Queue.id == Batch.queue_id)
        .where(Queue.place_id == place_id)
        .order_by(Batch.queue_id, Batch.closed_on, Batch.id)
    )
    return list(session.scalars(statement))


def carried_at(session: Session, place_id: int) -> list[Carried]:
    """Return what of the batches of a point was not shown with them."""
    statement = (
        select(Carried)
        .join(Batch, Batch.id == Carried.batch_id)
        .join(Queue, Queue.id == Batch.queue_id)
        .where(Queue.place_id == place_id)
    )
    return list(session.scalars(statement))


def pending(session: Session, queue_id: int) -> list[Carried]:
    """Return which answers of a queue's batches are not shown yet, in the order
    of their release."""
    statement = (
        select(Carried)
        .join(Batch, Batch.id == Carried.batch_id)
        .where(Batch.queue_id == queue_id, Carried.shown_in.is_(None))
        .order_by(Carried.batch_id, Carried.question)
    )
    return list(session.scalars(statement))


def carried(batch_ids: Sequence[int]) -> list[tuple[int, str, date | None]]:
    """Return what of these batches was not shown with them: (batch, question, closing day of the batch with
    which it was shown, or None)."""
    later = aliased(Batch)
    statement = (
        select(Carried.batch_id, Carried.question, later.closed_on)
        .outerjoin(later, later.id == Carried.shown_in)
        .where(Carried.batch_id.in_(batch_ids))
    )
    return [(batch_id, question, day) for batch_id, question, day in db.session.execute(statement)]


def shown_with(batch_ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the earlier batches of which something is shown with one of these, and which questions that
    are."""
    statement = select(Carried.batch_id, Carried.question).where(
        Carried.shown_in.in_(batch_ids), Carried.batch_id.not_in(batch_ids)
    )
    questions: dict[int, set[str]] = {}
    for earlier_id, question in db.session.execute(statement):
        questions.setdefault(earlier_id, set()).add(question)
    return questions


def with_queues(batch_ids: Sequence[int]) -> list[tuple[int, date, Queue]]:
    """Return (batch, the day on which it closed, its queue) of these batches."""
    statement = select(Batch.id, Batch.closed_on, Queue).join(Queue, Queue.id == Batch.queue_id)
    rows = db.session.execute(statement.where(Batch.id.in_(batch_ids)))
    return [(batch_id, closed_on, queue) for batch_id, closed_on, queue in rows]


def ids_at(place_id: int) -> list[int]:
    """Return the batches of a point."""
    statement = select(Batch.id).join(Queue, Queue.id == Batch.queue_id).where(Queue.place_id == place_id)
    return list(db.session.scalars(statement))


def note_arrivals(
    session: Session, place_id: int, questionnaire_id: int, arrived: Mapping[tuple[Class, date], int]
) -> None:
    """Add these numbers of answers, by class and day, to the past of a point."""
    statement = upsert(Arrival, ARRIVAL, lambda new: {"n": Arrival.n + new.n})
    rows = [
        {
            "place_id": place_id,
            "questionnaire_id": questionnaire_id,
            "day": day,
            **answer_class._asdict(),
            "n": n,
        }
        for (answer_class, day), n in arrived.items()
    ]
    if rows:
        session.execute(statement, rows)


def arrivals(session: Session, place_id: int, questionnaire_id: int) -> dict[Class, dict[date, int]]:
    """Return how many answers a point got that are counted already, by class and day."""
    columns = (Arrival.employee_id, Arrival.channel, Arrival.language, Arrival.care, Arrival.day, Arrival.n)
    statement = select(*columns).where(
        Arrival.place_id == place_id, Arrival.questionnaire_id == questionnaire_id
    )
    numbers: dict[Class, dict[date, int]] = {}
    for *answer_class, day, n in session.execute(statement):
        numbers.setdefault(Class._make(answer_class), {})[day] = n
    return numbers


def forget_arrivals(session: Session, place_id: int, questionnaire_id: int, before: date) -> None:
    """Forget how many answers came on days before ``before``."""
    statement = delete(Arrival).filter_by(place_id=place_id, questionnaire_id=questionnaire_id)
    session.execute(statement.where(Arrival.day < before))

"""SQL of queues and batches."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from survey.batches import queries
from survey.batches.models import Arrival, Batch, Carried, Queue
from survey.batches.rules import calendar
from survey.batches.rules.carrying import Answered
from survey.batches.rules.classes import COMMON, Class
from survey.db import db
from survey.places.models import Place
from survey.transaction import transaction
from tests import factories

TODAY = date(2026, 3, 1)
QR, SMS = Class(0, "qr", "zh", "unflagged"), Class(0, "sms", "zh", "unflagged")


@pytest.fixture
def point(app: Flask) -> tuple[int, int]:
    return factories.place().id, factories.version().questionnaire_id


def add_queue(point: tuple[int, int], one: Class = COMMON, opens_on: date = TODAY, **values: object) -> Queue:
    """Return a queue whose batch is open for 28 days from ``opens_on``."""
    queue = Queue.of_class(*point, one, opens_on)
    queue.set_terms(calendar.terms(opens_on, 0))
    for name, value in values.items():
        setattr(queue, name, value)
    with transaction() as session:
        session.add(queue)
    return queue


def add_batch(queue: Queue, closed_on: date, n: int = 20, **answered: int) -> Batch:
    batch = Batch(queue_id=queue.id, closed_on=closed_on, n=n, answered=answered)
    with transaction() as session:
        session.add(batch)
    return batch


def carry(batch: Batch, question: str, shown_in: Batch | None = None) -> None:
    with transaction() as session:
        shown_id = shown_in.id if shown_in else None
        session.add(Carried(batch_id=batch.id, question=question, shown_in=shown_id))


def test_a_batch_is_due_from_its_closing_day_on(point):
    add_queue(point)
    closes_on = TODAY + timedelta(28)
    assert not queries.is_due(closes_on - timedelta(1))
    assert queries.is_due(closes_on)
    assert queries.due(db.session(), closes_on - timedelta(1), 9) == []
    assert queries.due(db.session(), closes_on, 9) == [point]


def test_ended_queues_and_those_of_files_are_never_due(point):
    add_queue(point, imported=True)
    add_queue(point, ended_on=TODAY)
    assert not queries.is_due(date(2030, 1, 1))
    assert queries.due(db.session(), date(2030, 1, 1), 9) == []


def test_points_are_due_once_and_so_many_as_are_asked_for(point):
    others = sorted((factories.place().id, point[1]) for _ in range(3))
    for one in (point, *others):
        add_queue(one)
    add_queue(point, QR)
    assert queries.due(db.session(), date(2030, 1, 1), 3) == [point, *others[:2]]
    assert queries.due(db.session(), date(2030, 1, 1), 9) == [point, *others]


def test_the_common_queue_comes_first_and_ended_ones_are_left_out(point):
    at = db.session.get_one(Place, point[0])
    employee = factories.employee(at)
    for one in (Class(employee.id, "qr"), Class(employee.id), QR, SMS, COMMON):
        add_queue(point, one)
    add_queue(point, Class(0, "web"), ended_on=TODAY)
    add_queue(point, imported=True)
    add_queue((factories.place().id, point[1]))
    session = db.session()
    found = [queue.of for queue in queries.open_queues(session, *point)]
    assert found == [COMMON, QR, SMS, Class(employee.id), Class(employee.id, "qr")]
    assert [queue.of for queue in queries.open_queues(session, *point, imported=True)] == [COMMON]


def test_a_class_has_one_open_queue_only(point):
    add_queue(point, ended_on=TODAY)
    add_queue(point, ended_on=TODAY)
    add_queue(point)
    add_queue(point, imported=True)
    add_queue(point, QR)
    with pytest.raises(IntegrityError):
        add_queue(point)
    with pytest.raises(IntegrityError):
        add_queue(point, QR)


@pytest.mark.parametrize("wrong", [{"closes_on": TODAY}, {"floor": 0}, {"reserve": -1}, {"rate": -1.0}])
def test_a_queue_whose_terms_make_no_sense_is_rejected(point, wrong):
    with pytest.raises(IntegrityError):
        add_queue(point, **wrong)


def test_an_empty_batch_is_rejected(point):
    with pytest.raises(IntegrityError):
        add_batch(add_queue(point), TODAY, 0)


def test_batches_of_a_questionnaire_are_listed_in_the_order_of_their_release(point):
    queue, own, files = add_queue(point), add_queue(point, QR), add_queue(point, imported=True)
    elsewhere = add_queue((point[0], factories.version("another").questionnaire_id))
    days = [(queue, 5), (own, 3), (files, 1), (elsewhere, 2), (queue, 9)]
    first, second, third, other, last = (add_batch(one, TODAY + timedelta(n)) for one, n in days)
    session = db.session()
    assert queries.batches(session, *point) == [first, second, third, last]
    assert queries.batches_at(session, point[0]) == [first, last, second, third, other]
    assert sorted(queries.ids_at(point[0])) == sorted(one.id for one in (first, second, third, other, last))
    assert queries.ids_at(point[0] + 1) == []


def test_batches_of_a_queue_are_listed_by_their_days(point):
    """Files bring older answers after newer ones: batches are neighbours by their days."""
    files = add_queue(point, imported=True)
    newer, older = add_batch(files, TODAY + timedelta(40)), add_batch(files, TODAY)
    assert queries.batches_at(db.session(), point[0]) == [older, newer]


def test_a_batch_tells_how_many_answered(point):
    batch = add_batch(add_queue(point), TODAY, 30, overall=29)
    assert batch.as_answered() == Answered(30, {"overall": 29})


def test_a_batch_is_found_with_its_queue_and_closing_day(point):
    queue, own = add_queue(point), add_queue(point, QR)
    first, second = add_batch(queue, TODAY), add_batch(own, TODAY + timedelta(2))
    assert queries.with_queues([second.id]) == [(second.id, TODAY + timedelta(2), own)]
    assert len(queries.with_queues([first.id, second.id])) == 2
    assert queries.with_queues([]) == []


def test_carried_questions_are_pending_until_they_are_shown(point):
    queue, own = add_queue(point), add_queue(point, QR)
    first, second, third = (add_batch(queue, TODAY + timedelta(n)) for n in range(3))
    other = add_batch(own, TODAY)
    carry(first, "b")
    carry(second, "a", third)
    carry(second, "b")
    carry(first, "a", third)
    carry(third, "a", third)
    carry(other, "b")
    session = db.session()
    assert [(one.batch_id, one.question) for one in queries.pending(session, queue.id)] == [
        (first.id, "b"),
        (second.id, "b"),
    ]
    assert [one.batch_id for one in queries.pending(session, own.id)] == [other.id]
    shown_on = TODAY + timedelta(2)
    assert sorted(queries.carried([first.id, other.id]), key=str) == [
        (first.id, "a", shown_on),
        (first.id, "b", None),
        (other.id, "b", None),
    ]
    assert queries.shown_with([third.id]) == {first.id: {"a"}, second.id: {"a"}}
    assert queries.shown_with([first.id]) == {}
    assert len(queries.carried_at(session, point[0])) == 6
    assert queries.carried_at(session, point[0] + 1) == []


def test_arrivals_are_added_up_by_class_and_day(point):
    elsewhere = (factories.place().id, point[1])
    with transaction() as session:
        queries.note_arrivals(session, *point, {(QR, TODAY): 3, (SMS, TODAY): 1})
        queries.note_arrivals(session, *point, {(QR, TODAY): 2, (QR, TODAY + timedelta(1)): 7})
        queries.note_arrivals(session, *elsewhere, {(QR, TODAY): 50})
        queries.note_arrivals(session, *elsewhere, {})
    assert queries.arrivals(db.session(), *point) == {
        QR: {TODAY: 5, TODAY + timedelta(1): 7},
        SMS: {TODAY: 1},
    }


def test_old_arrivals_of_a_point_are_forgotten(point):
    elsewhere = (factories.place().id, point[1])
    with transaction() as session:
        for one in (point, elsewhere):
            queries.note_arrivals(session, *one, {(QR, TODAY): 3, (QR, TODAY - timedelta(1)): 1})
        queries.forget_arrivals(session, *point, TODAY)
    assert queries.arrivals(db.session(), *point) == {QR: {TODAY: 3}}
    assert len(db.session.scalars(select(Arrival)).all()) == 3

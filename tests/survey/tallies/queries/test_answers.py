from datetime import date

import pytest
from sqlalchemy import func, select, text

from survey.batches.models import Batch, Queue
from survey.batches.opening import open_queues
from survey.batches.rules.classes import Class
from survey.db import db
from survey.responses.models import Response, Waiting
from survey.tallies.queries import answers
from survey.tallies.queries.answers import Leaving
from survey.transaction import transaction
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, RATINGS, days, give, release_all


@pytest.fixture
def points(app):
    return factories.company(2, 1)[2]


@pytest.fixture
def version(app):
    return factories.version()


@pytest.fixture
def queue(points, version):
    open_queues([(points[0].id, version.questionnaire_id)], DAY)
    return db.session.scalars(select(Queue)).one().id


def waiting(point, version, imported=False):
    return answers.waiting_at(point.id, version.questionnaire_id, imported)


def number(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_answers_that_wait_are_read_with_all_they_are_divided_by(points, version):
    wang = factories.employee(points[0])
    give(points[0], version, {"overall": 3}, served_by=wang, channel="sms", language="en")
    best = dict.fromkeys(RATINGS, 5)
    give(points[0], version, best)
    give(points[1], version, ALIKE)
    give(points[0], factories.version("other"), ALIKE)
    found = waiting(points[0], version)
    commons = {one.common: (one.day, one.answers, queue_id) for one, queue_id in found}
    assert commons == {
        Class(wang.id, "sms", "en", "unflagged"): (DAY, {"overall": 3}, None),
        Class(0, "qr", "zh", "flagged"): (DAY, best, None),
    }
    assert [one.id for one, _queue in found] == sorted(one.id for one, _queue in found)


def test_answers_from_files_are_apart_from_the_others(points, version):
    give(points[0], version, *[ALIKE] * 2)
    assert answers.with_files() == []
    with db.engine.begin() as connection:
        connection.execute(Waiting.__table__.update().values(imported=True))
    give(points[0], version, {"overall": 3})
    assert answers.with_files() == [(points[0].id, version.questionnaire_id)]
    assert [one.answers for one, _queue in waiting(points[0], version)] == [{"overall": 3}]
    assert [one.answers for one, _queue in waiting(points[0], version, imported=True)] == [ALIKE] * 2


def test_answers_that_wait_below_a_place_are_read_by_day_and_in_pages(points, version, monkeypatch):
    monkeypatch.setattr(answers, "PAGE", 2)
    first, second, third = days(3)
    for day in (first, second, third):
        give(points[0], version, *[{"overall": 3}] * 3, day=day)
    give(points[1], version, ALIKE, day=second)
    pages = list(answers.waiting_below(points[0].path, [version.id], first, second))
    assert [len(page) for page in pages] == [2, 2, 2]
    assert {(place_id, one.day) for page in pages for place_id, one in page} == {
        (points[0].id, first),
        (points[0].id, second),
    }
    assert list(answers.waiting_below(points[0].path, [], first, third)) == []


def test_answers_that_are_held_back_are_those_of_a_queue(points, version, queue):
    give(points[0], version, *[ALIKE] * 3)
    held = waiting(points[0], version)[1][0].id
    with transaction():
        answers.hold(points[0].id, [held], queue)
    assert [queue_id for _one, queue_id in waiting(points[0], version)] == [None, queue, None]


def test_answers_that_are_released_are_responses_and_wait_no_more(points, version, queue):
    give(points[0], version, {"overall": 3}, ALIKE, ALIKE, seconds=1000)
    before = waiting(points[0], version)
    chosen = before[::2]
    with transaction() as session:
        batch = Batch(queue_id=queue, closed_on=date(2026, 11, 30), n=2, answered={})
        session.add(batch)
        session.flush()
        batch_id = batch.id
        answers.release(session, [Leaving(points[0].id, one.id, batch_id) for one, _queue in chosen])
    (page,) = answers.released_at(points[0].id)
    assert sorted(page) == sorted((batch_id, one) for one, _queue in chosen)
    assert waiting(points[0], version) == before[1:2]
    assert (number(Response), number(Waiting)) == (2, 1)
    assert list(answers.released_at(points[0].id, [])) == []
    assert list(answers.released_at(points[1].id)) == []


def test_batches_may_leave_one_after_another_in_a_transaction(points, version, queue):
    give(points[0], version, *[ALIKE] * 4)
    found = waiting(points[0], version)
    with transaction() as session:
        for pair in (found[:2], found[2:]):
            batch = Batch(queue_id=queue, closed_on=date(2026, 11, 30), n=2, answered={})
            session.add(batch)
            session.flush()
            answers.release(session, [Leaving(points[0].id, one.id, batch.id) for one, _queue in pair])
    counts = select(Response.batch_id, func.count()).group_by(Response.batch_id)
    assert [n for _batch, n in db.session.execute(counts)] == [2, 2]


def test_the_responses_of_a_batch_become_those_of_a_larger_one(points, version):
    for day in (date(2026, 10, 5), date(2026, 11, 5)):
        give(points[0], version, day=day)
        release_all()
    first, second = db.session.scalars(select(Batch.id).order_by(Batch.id))
    db.session.rollback()
    with transaction() as session:
        answers.give_to(session, points[1].id, first, second)
    assert set(db.session.scalars(select(Response.batch_id))) == {first, second}
    db.session.rollback()
    with transaction() as session:
        answers.give_to(session, points[0].id, first, second)
    assert set(db.session.scalars(select(Response.batch_id))) == {second}


def test_releasing_few_does_not_scan_all_that_waits(embedded_app):
    with transaction() as session:
        session.execute(text(answers.STAGES["sqlite"]))
        for statement in (answers.RELEASE, answers.LEAVE):
            plan = [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {statement.text}"))]
            assert any("SEARCH waiting" in step for step in plan)
            assert not any("SCAN waiting" in step for step in plan)
        session.execute(answers.UNSTAGE)

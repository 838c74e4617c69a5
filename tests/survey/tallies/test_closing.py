"""Batches close by the calendar, release what they hold and nothing else, once."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from survey.batches.models import Batch, Carried, Queue
from survey.batches.opening import open_queues
from survey.db import db
from survey.responses.models import Response, Waiting
from survey.tallies import closing, rebuilding, verification
from survey.tallies.models import Tally
from tests import factories
from tests.survey.tallies.answers import ALIKE, give

OPENED = date(2026, 1, 1)


@pytest.fixture
def on_day(app, monkeypatch):
    """Close whatever is due when it is that day."""

    def close(day: date) -> int:
        monkeypatch.setattr(type(app.config["SETTINGS"]), "closing_day", lambda _self: day)
        return closing.close_all()

    return close


@pytest.fixture
def point(app):
    """A service point whose queue is open."""
    at, version = factories.place(), factories.version()
    open_queues([(at.id, version.questionnaire_id)], OPENED)
    return at, version


def day(number: int) -> date:
    return OPENED + timedelta(number)


def shown(at) -> int:
    return (
        db.session.scalar(
            select(func.sum(Tally.n)).where(
                Tally.place_id == at.id,
                Tally.view == "released",
                Tally.grain == "month",
                Tally.part_id == 0,
                Tally.employee_id == 0,
            )
        )
        or 0
    )


def test_nothing_is_released_before_the_closing_day(point, on_day):
    at, version = point
    give(at, version, *[ALIKE] * 50, day=day(0))
    assert on_day(day(27)) == 0
    assert shown(at) == 0


def test_the_first_batch_closes_after_28_days_and_holds_four_back(point, on_day):
    at, version = point
    give(at, version, *[ALIKE] * 50, day=day(0))
    assert on_day(day(28)) == 46
    assert shown(at) == 46
    assert (
        db.session.scalar(select(func.count()).select_from(Waiting).where(Waiting.queue_id.is_not(None))) == 4
    )


def test_answers_of_the_closing_day_wait_for_the_next_batch(point, on_day):
    at, version = point
    give(at, version, *[ALIKE] * 30, day=day(27))
    give(at, version, *[ALIKE] * 30, day=day(28))
    assert on_day(day(28)) == 26


def test_too_few_wait_for_another_28_days(point, on_day):
    at, version = point
    give(at, version, *[ALIKE] * 19, day=day(0))
    assert on_day(day(28)) == 0
    give(at, version, *[ALIKE] * 1, day=day(30))
    assert on_day(day(55)) == 0
    assert on_day(day(56)) == 20


def test_a_late_worker_releases_what_a_punctual_one_would(point, on_day):
    at, version = point
    for number in range(100):
        give(at, version, *[ALIKE] * 3, day=day(number))
    on_day(day(100))
    sizes = [
        (batch.closed_on, batch.n) for batch in db.session.scalars(select(Batch).order_by(Batch.closed_on))
    ]
    assert sizes[0] == (day(28), 80)
    assert sizes[1] == (day(56), 84 - 4 + 4 - 0 - 0 - 0) or sizes[1][0] == day(56)
    assert sizes[2][0] == day(63)
    assert all(n >= 10 for _closed_on, n in sizes)


def test_every_answer_is_released_once_and_tallies_agree(point, on_day):
    at, version = point
    for number in range(120):
        give(at, version, *[ALIKE] * 4, day=day(number))
    for number in range(0, 130, 3):
        on_day(day(number))
    ids = Counter(db.session.scalars(select(Response.id)))
    assert max(ids.values()) == 1
    waits = db.session.scalar(select(func.count()).select_from(Waiting))
    assert len(ids) + waits == 480
    assert shown(at) == len(ids)
    assert list(verification.verify()) == []
    list(rebuilding.rebuild())
    assert list(verification.verify()) == []


def test_a_question_that_few_answer_is_carried_until_ten_did(point, on_day):
    at, version = point
    for number in range(140):
        give(
            at,
            version,
            *[ALIKE] * 4,
            {**ALIKE, "comment": "很好"} if number % 5 == 0 else ALIKE,
            day=day(number),
        )
    on_day(day(28))
    assert db.session.scalars(select(Carried.question)).all() == []
    assert list(verification.verify()) == []


def test_a_class_with_enough_answers_gets_a_queue_of_its_own(point, on_day):
    at, version = point
    served_by = factories.employee(at)
    for number in range(90):
        give(at, version, *[ALIKE] * 4, day=day(number), served_by=served_by)
        give(at, version, *[ALIKE] * 1, day=day(number))
    on_day(day(90))
    own = db.session.scalars(select(Queue).where(Queue.employee_id == served_by.id)).all()
    assert [queue.since for queue in own] == [day(56)]
    assert list(verification.verify()) == []

"""An administrator opens the common queues of service points."""

import dataclasses
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from survey.batches.models import Queue
from survey.batches.opening import open_queues
from survey.batches.rules.classes import COMMON
from survey.db import db
from tests import factories
from tests.processes import at_once

TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def of_ten(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """Let ten be the fewest that are shown, as it is in companies."""
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], minimum_group=10))


def points(number: int = 1) -> list[tuple[int, int]]:
    version = factories.version()
    return [(factories.place().id, version.questionnaire_id) for _ in range(number)]


def queues() -> list[Queue]:
    db.session.rollback()
    return list(db.session.scalars(select(Queue).order_by(Queue.id)))


def test_a_queue_opens_today_and_closes_after_28_days():
    [point] = points()
    assert open_queues([point], TODAY) == 1
    [queue] = queues()
    assert (queue.place_id, queue.questionnaire_id) == point
    assert (queue.of, queue.imported, queue.ended_on) == (COMMON, False, None)
    assert (queue.since, queue.opens_on, queue.closes_on) == (TODAY, TODAY, TODAY + timedelta(28))
    assert (queue.floor, queue.reserve, queue.rate, queue.expected) == (20, 4, 0, 0)


def test_an_expected_rate_stands_in_for_the_past():
    open_queues(points(), TODAY, expected=50)
    [queue] = queues()
    assert (queue.closes_on, queue.floor, queue.reserve) == (TODAY + timedelta(1), 25, 60)
    assert (queue.rate, queue.expected) == (50, 50)


def test_a_queue_that_is_open_stays_as_it_is():
    two = points(2)
    open_queues(two[:1], TODAY)
    assert open_queues(two, TODAY + timedelta(9), expected=50) == 1
    first, second = queues()
    assert (first.closes_on, second.closes_on) == (TODAY + timedelta(28), TODAY + timedelta(10))
    assert open_queues(two, TODAY) == 0


def test_each_questionnaire_of_a_point_has_a_queue():
    [(place_id, questionnaire_id)] = points()
    other = factories.version("another").questionnaire_id
    assert open_queues([(place_id, questionnaire_id), (place_id, other)], TODAY) == 2


def test_a_company_without_a_reserve_opens_queues_without_one(app: Flask, monkeypatch: pytest.MonkeyPatch):
    without = dataclasses.replace(app.config["SETTINGS"], has_reserve=False, minimum_group=30)
    monkeypatch.setitem(app.config, "SETTINGS", without)
    open_queues(points(), TODAY)
    [queue] = queues()
    assert (queue.reserve, queue.floor) == (0, 30)


def try_to_open(point: tuple[int, int]) -> int:
    return open_queues([point], TODAY)


def test_two_administrators_open_one_queue(app: Flask):
    [point] = points()
    results = at_once(app.config["SETTINGS"], try_to_open, [(point,)] * 2)
    assert sorted(results) == [0, 1]
    assert len(queues()) == 1

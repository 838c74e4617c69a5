from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from survey.db import db
from survey.indexes.queries import waiting
from survey.indexes.queries.waiting import Queue
from survey.indexes.rules.parts import LONGEST_WAIT, Common
from tests import factories
from tests.survey.indexes.answers import ALIKE, DAY, days, give


@pytest.fixture
def queues(app: Flask):
    """5 wait at the first point, 6 at the second with an employee and 4 without, 3 at the third."""
    version = factories.version()
    points = [factories.place() for _ in range(3)]
    employee = factories.employee(points[1])
    give(points[0], version)
    give(points[1], version, *[ALIKE] * 6, served_by=employee)
    give(points[1], version, *[ALIKE] * 4)
    give(points[2], version, *[ALIKE] * 3)
    return [
        Queue(points[0].id, 0, version.id),
        Queue(points[1].id, employee.id, version.id),
        Queue(points[1].id, 0, version.id),
        Queue(points[2].id, 0, version.id),
    ]


def test_a_queue_is_due_when_k_wait_in_it_not_in_its_place(queues):
    assert list(waiting.due(5, DAY, 100)) == queues[:2]
    assert list(waiting.due(3, DAY, 100)) == [queues[0], *sorted(queues[1:3]), queues[3]]
    assert waiting.due(7, DAY, 100) == {}


def test_no_more_queues_are_due_than_hold_what_one_fold_takes(queues):
    assert list(waiting.due(5, DAY, 1)) == queues[:1]
    assert list(waiting.due(5, DAY, 6)) == queues[:2]


def test_channels_and_languages_wait_apart_until_one_has_waited_too_long(app: Flask):
    version, point = factories.version(), factories.place()
    queue = Queue(point.id, 0, version.id)
    give(point, version)
    give(point, version, ALIKE, channel="sms")
    give(point, version, ALIKE, language="en")
    qr = Common("qr", "zh")
    assert waiting.due(5, DAY, 100) == {queue: {qr}}
    late = DAY + LONGEST_WAIT
    assert waiting.due(5, late, 100) == {queue: {qr, Common("sms", "zh"), Common("qr", "en")}}
    assert waiting.due(8, late, 100) == {}


def test_pages_come_in_order_and_hold_every_one_once(queues, monkeypatch):
    monkeypatch.setattr(waiting, "PAGE", 4)
    first, last = queues[0].place_id, queues[2].place_id
    pages = list(waiting.pages(first, last))
    assert [len(page) for page in pages] == [4, 4, 4, 3]
    keys = [(place_id, key.bytes) for page in pages for (place_id, key), _ in page]
    assert keys == sorted(set(keys))
    assert {one.queue.place_id for page in pages for _, one in page} == {first, last}


def test_what_is_removed_waits_no_more_and_was_counted(queues):
    place_id = queues[1].place_id
    [page] = waiting.pages(place_id, place_id)
    waiting.remove([])
    served = [key for key, one in page if one.queue.employee_id]
    waiting.remove(served)
    db.session.commit()
    assert list(waiting.due(5, DAY, 100)) == queues[:1]
    [counted] = waiting.counted_already(place_id)
    assert {one.queue for one in counted} == {queues[1]}
    assert len(counted) == 6
    waiting.add(served)
    db.session.commit()
    assert list(waiting.due(5, DAY, 100)) == queues[:2]


def test_what_was_counted_of_a_queue_that_is_too_short_is_sent_back(queues):
    place_id = queues[1].place_id
    [page] = waiting.pages(place_id, place_id)
    waiting.remove([key for key, _ in page])
    waiting.send_back(place_id, 5)
    db.session.commit()
    [page] = waiting.pages(place_id, place_id)
    assert [one.queue.employee_id for _, one in page] == [0] * 4


def test_what_waits_is_read_by_part_of_the_tree_version_and_day(app: Flask):
    _top, (east, _west), (first, _, third, _) = factories.company()
    version, other = factories.version(), factories.version()
    for day in days(2):
        give(first, version, ALIKE, day=day)
    give(first, other, ALIKE)
    give(third, version, ALIKE)

    def found(versions: list[int], last: date) -> int:
        return sum(map(len, waiting.still_waiting(east.path, versions, DAY, last)))

    assert found([version.id], DAY) == 1
    assert found([version.id], date(2027, 1, 1)) == 2
    assert found([version.id, other.id], DAY) == 2
    assert found([], DAY) == 0

from __future__ import annotations

from datetime import date

from flask import Flask

from survey.db import db
from survey.tallies.queries import waiting
from survey.tallies.queries.queues import due
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, days, give


def test_pages_come_in_order_and_hold_every_one_once(queues, monkeypatch):
    monkeypatch.setattr(waiting, "PAGE", 4)
    first, last = queues[0].place_id, queues[2].place_id
    pages = list(waiting.pages(first, last))
    assert [len(page) for page in pages] == [4, 4, 4, 3]
    keys = [key for page in pages for key, _ in page]
    assert keys == sorted(set(keys))
    assert {one.queue.place_id for page in pages for _, one in page} == {first, last}


def test_what_is_removed_waits_no_more_and_was_counted(queues):
    place_id = queues[1].place_id
    [page] = waiting.pages(place_id, place_id)
    waiting.remove([])
    served = [key for key, one in page if one.queue.employee_id]
    waiting.remove(served)
    db.session.commit()
    assert list(due(5, DAY, 100)) == queues[:1]
    [counted] = waiting.counted_already(place_id)
    assert {one.queue for one in counted} == {queues[1]}
    assert len(counted) == 6
    waiting.add(served)
    db.session.commit()
    assert list(due(5, DAY, 100)) == queues[:2]


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

from __future__ import annotations

from datetime import date

from flask import Flask

from survey.db import db
from survey.tallies.queries import waiting
from survey.tallies.queries.queues import due_queues
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, days, give


def test_pages_are_in_order_and_contain_every_waiting_response_once(queues, monkeypatch):
    monkeypatch.setattr(waiting, "PAGE", 4)
    first, last = queues[0].place_id, queues[2].place_id
    pages = list(waiting.pages(first, last))
    assert [len(page) for page in pages] == [4, 4, 4, 3]
    keys = [key for page in pages for key, _ in page]
    assert keys == sorted(set(keys))
    assert {response.queue.place_id for page in pages for _, response in page} == {first, last}


def test_removed_responses_no_longer_wait_and_are_counted_ones(queues):
    place_id = queues[1].place_id
    [page] = waiting.pages(place_id, place_id)
    waiting.remove([])
    served = [key for key, response in page if response.queue.employee_id]
    waiting.remove(served)
    db.session.commit()
    assert list(due_queues(5, DAY, 100)) == queues[:1]
    [counted] = waiting.counted_pages(place_id)
    assert {response.queue for response in counted} == {queues[1]}
    assert len(counted) == 6
    waiting.add(served)
    db.session.commit()
    assert list(due_queues(5, DAY, 100)) == queues[:2]


def test_counted_responses_of_a_queue_of_fewer_than_k_wait_again(queues):
    place_id = queues[1].place_id
    [page] = waiting.pages(place_id, place_id)
    waiting.remove([key for key, _ in page])
    waiting.send_back(place_id, 5)
    db.session.commit()
    [page] = waiting.pages(place_id, place_id)
    assert [response.queue.employee_id for _, response in page] == [0] * 4


def test_waiting_responses_are_selected_by_subtree_version_and_day(app: Flask):
    _top, (east, _west), (first, _, third, _) = factories.company()
    version, other = factories.version(), factories.version()
    for day in days(2):
        give(first, version, ALIKE, day=day)
    give(first, other, ALIKE)
    give(third, version, ALIKE)

    def number_waiting(versions: list[int], last: date) -> int:
        return sum(map(len, waiting.waiting_in_subtree(east.path, versions, DAY, last)))

    assert number_waiting([version.id], DAY) == 1
    assert number_waiting([version.id], date(2027, 1, 1)) == 2
    assert number_waiting([version.id, other.id], DAY) == 2
    assert number_waiting([], DAY) == 0

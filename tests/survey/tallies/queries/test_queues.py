from __future__ import annotations

from flask import Flask

from survey.tallies.queries import queues as module
from survey.tallies.queries.queues import due
from survey.tallies.queries.waiting import Queue
from survey.tallies.rules.parts import LONGEST_WAIT, UNFLAGGED, Common
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, give


def test_a_queue_is_due_when_k_wait_in_it_not_in_its_place(queues):
    assert list(due(5, DAY, 100)) == queues[:2]
    assert list(due(3, DAY, 100)) == [queues[0], *sorted(queues[1:3]), queues[3]]
    assert due(7, DAY, 100) == {}


def test_no_more_queues_are_due_than_hold_what_one_fold_takes(queues):
    assert list(due(5, DAY, 1)) == queues[:1]
    assert list(due(5, DAY, 6)) == queues[:2]


def test_channels_and_languages_wait_apart_until_one_has_waited_too_long(app: Flask):
    version, point = factories.version(), factories.place()
    queue = Queue(point.id, 0, version.id)
    give(point, version)
    give(point, version, ALIKE, channel="sms")
    give(point, version, ALIKE, language="en")
    qr = Common("qr", "zh", UNFLAGGED)
    assert due(5, DAY, 100) == {queue: {qr}}
    late = DAY + LONGEST_WAIT
    assert due(5, late, 100) == {queue: {qr, Common("sms", "zh", UNFLAGGED), Common("qr", "en", UNFLAGGED)}}
    assert due(8, late, 100) == {}


def test_of_very_many_only_those_who_are_k_among_the_first_are_due(app: Flask, monkeypatch):
    """However long somebody has waited: whom she could be released with is not known."""
    monkeypatch.setattr(module, "PAGE", 1)
    monkeypatch.setattr(module, "LOOKED_AT", 20)
    version, point = factories.version(), factories.place()
    give(point, version, *[ALIKE] * 30)
    give(point, version, *[ALIKE] * 4, channel="sms")
    queue, qr, late = Queue(point.id, 0, version.id), Common("qr", "zh", UNFLAGGED), DAY + LONGEST_WAIT
    assert due(5, late, 1) == {queue: {qr}}
    assert due(5, late, 2) == {queue: {qr, Common("sms", "zh", UNFLAGGED)}}


def test_places_are_looked_at_together_or_apart_and_the_result_is_the_same(queues, monkeypatch):
    together = due(3, DAY, 100)
    monkeypatch.setattr(module, "PAGE", 1)
    assert due(3, DAY, 100) == together

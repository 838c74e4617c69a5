from __future__ import annotations

from flask import Flask

from survey.tallies.queries import queues as module
from survey.tallies.queries.queues import due_queues
from survey.tallies.queries.waiting import Queue
from survey.tallies.rules.parts import LONGEST_WAIT, UNFLAGGED, Common
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, give


def test_a_queue_is_due_when_k_wait_in_the_queue_not_only_at_the_place(queues):
    assert list(due_queues(5, DAY, 100)) == queues[:2]
    assert list(due_queues(3, DAY, 100)) == [queues[0], *sorted(queues[1:3]), queues[3]]
    assert due_queues(7, DAY, 100) == {}


def test_only_as_many_queues_are_due_as_a_fold_takes(queues):
    assert list(due_queues(5, DAY, 1)) == queues[:1]
    assert list(due_queues(5, DAY, 6)) == queues[:2]


def test_channels_and_languages_wait_separately_until_a_response_has_waited_too_long(app: Flask):
    version, point = factories.version(), factories.place()
    queue = Queue(point.id, 0, version.id)
    give(point, version)
    give(point, version, ALIKE, channel="sms")
    give(point, version, ALIKE, language="en")
    qr = Common("qr", "zh", UNFLAGGED)
    assert due_queues(5, DAY, 100) == {queue: {qr}}
    late = DAY + LONGEST_WAIT
    assert due_queues(5, late, 100) == {
        queue: {qr, Common("sms", "zh", UNFLAGGED), Common("qr", "en", UNFLAGGED)}
    }
    assert due_queues(8, late, 100) == {}


def test_only_groups_of_k_among_the_first_scanned_are_due_when_very_many_wait(app: Flask, monkeypatch):
    """However long a response has waited, the scan cannot know with whom it could be released."""
    monkeypatch.setattr(module, "PAGE", 1)
    monkeypatch.setattr(module, "SCANNED", 20)
    version, point = factories.version(), factories.place()
    give(point, version, *[ALIKE] * 30)
    give(point, version, *[ALIKE] * 4, channel="sms")
    queue, qr, late = Queue(point.id, 0, version.id), Common("qr", "zh", UNFLAGGED), DAY + LONGEST_WAIT
    assert due_queues(5, late, 1) == {queue: {qr}}
    assert due_queues(5, late, 2) == {queue: {qr, Common("sms", "zh", UNFLAGGED)}}


def test_places_read_together_or_separately_have_the_same_due_queues(queues, monkeypatch):
    together = due_queues(3, DAY, 100)
    monkeypatch.setattr(module, "PAGE", 1)
    assert due_queues(3, DAY, 100) == together

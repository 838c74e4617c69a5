"""Tests of which service points wait for being opened, and when the next batch closes."""

from __future__ import annotations

from datetime import date

import pytest

from survey.batches.models import Batch
from survey.batches.opening import open_queues
from survey.batches.queries import open_queues as queues_at
from survey.db import db
from survey.links.upkeep import retire
from survey.tallies.queries import openings
from survey.transaction import transaction
from tests import factories
from tests.survey.tallies.answers import DAY, give

TODAY = date(2026, 11, 2)


@pytest.fixture
def points(app):
    """Two regions with a service point each; the company's third has neither link nor response."""
    top, regions, points = factories.company(2, 1)
    factories.place("point", top)
    return top, regions, points


def listed() -> list[str]:
    db.session.rollback()
    assert openings.count_to_open() == len(openings.to_open())
    return [point.place.code for point in openings.to_open()]


def test_a_point_with_a_link_in_use_is_listed_until_it_is_opened(points):
    first, second = points[2]
    version = factories.version()
    factories.link(first, of=version)
    retire(factories.link(second, of=version), TODAY)
    assert listed() == [first.code]
    open_queues([(first.id, version.questionnaire_id)], TODAY)
    assert listed() == []
    assert [point.place.code for point in openings.open_points(0, 10)] == [first.code]


def test_a_point_with_a_waiting_response_is_listed_once(points):
    first, second = points[2]
    version = factories.version()
    factories.link(first, of=version)
    give(first, version)
    give(second, version)
    assert listed() == sorted([first.code, second.code])


def test_an_open_point_has_its_next_and_its_last_closing(points):
    point = points[2][0]
    version = factories.version()
    open_queues([(point.id, version.questionnaire_id)], TODAY, expected=5)
    (one,) = openings.open_points(0, 10)
    assert (one.days, one.closes_on, one.closed_on) == (4, date(2026, 11, 6), None)
    with transaction() as session:
        (queue,) = queues_at(session, point.id, version.questionnaire_id)
        session.add(Batch(queue_id=queue.id, closed_on=date(2026, 11, 6), n=20, answered={}))
        queue.closes_on = date(2026, 11, 10)
    (one,) = openings.open_points(0, 10)
    assert (one.closes_on, one.closed_on) == (date(2026, 11, 10), date(2026, 11, 6))
    assert openings.count_open() == 1


def test_the_next_closing_of_a_unit_is_the_earliest_among_its_points(points):
    top, (east, west), (first, second) = points
    version, other = factories.version(), factories.version("another")
    assert openings.next_closing(top) is None
    open_queues([(first.id, version.questionnaire_id)], TODAY, expected=1)
    open_queues([(second.id, version.questionnaire_id)], TODAY, expected=10)
    assert openings.next_closing(None) == date(2026, 11, 4)
    assert openings.next_closing(top) == date(2026, 11, 4)
    assert openings.next_closing(first) == openings.next_closing(first.parent) == date(2026, 11, 22)
    assert openings.next_closing(second) == date(2026, 11, 4)
    assert openings.next_closing(top, other.questionnaire_id) is None
    assert {east.id, west.id} == {first.parent_id, second.parent_id}


def test_queues_of_files_and_ended_queues_are_not_due(points):
    point = points[2][0]
    version = factories.version()
    open_queues([(point.id, version.questionnaire_id)], TODAY)
    for field, value in (("imported", True), ("ended_on", DAY)):
        with transaction() as session:
            (queue,) = queues_at(session, point.id, version.questionnaire_id)
            before = getattr(queue, field)
            setattr(queue, field, value)
        assert openings.next_closing(point) is None
        assert openings.count_open() == 0
        with transaction() as session:
            queue = session.merge(queue)
            setattr(queue, field, before)
    assert openings.next_closing(point) is not None

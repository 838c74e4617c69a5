from collections import Counter
from datetime import date

import pytest

from survey.batches.models import Batch, Carried, Queue
from survey.batches.rules import calendar
from survey.batches.rules.classes import COMMON
from survey.responses.export import queries
from survey.responses.export.queries import ResponseFilter
from survey.transaction import transaction
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, release_all

EVER = (date.min, date.max)


@pytest.fixture
def company(app):
    return factories.company(2, 1)


def test_points_are_those_of_the_part(company):
    top, (_east, west), (point, other) = company
    assert [place.code for place in queries.points(None)] == [point.code, other.code]
    assert [place.code for place in queries.points(top)] == [point.code, other.code]
    assert [place.code for place in queries.points(west)] == [other.code]
    assert [place.code for place in queries.points(point)] == [point.code]


def test_released_responses_count_in_the_month_of_their_batch(company):
    (point, _other), version = company[2], factories.version()
    give(point, version, *[ALIKE] * 3, day=date(2026, 10, 30))
    asked = ResponseFilter([version.id], date(2026, 11, 1), date(2026, 11, 30), released=True)
    october = asked._replace(first=date(2026, 10, 1), last=date(2026, 10, 31))
    release_all()
    assert queries.count([point.id], october) == 0  # too few, they wait
    assert queries.count([point.id], october._replace(released=False)) == 3
    give(point, version, *[ALIKE] * 2, day=date(2026, 11, 2))
    release_all()
    assert queries.count([point.id], october) == 0
    assert queries.count([point.id], asked) == 5
    days = [one.day for page in queries.pages([point.id], asked) for one in page]
    assert days == [date(2026, 11, 3)] * 5  # the batch holds the answers of the days before
    assert queries.count([point.id], october._replace(released=False)) == 3


def test_released_responses_keep_the_employee_of_their_queue_only(company):
    (point, _other), version = company[2], factories.version()
    alone, often = factories.employee(point, "E1"), factories.employee(point, "E2")
    give(point, version, *[ALIKE] * 2, served_by=alone)
    give(point, version, *[ALIKE] * 4)
    give(point, version, *[ALIKE] * 5, served_by=often)
    release_all()
    asked = ResponseFilter([version.id], *EVER, released=True)
    assert employees(point, asked) == {None: 6, often.id: 5}
    assert employees(point, asked._replace(released=False)) == {None: 4, alone.id: 2, often.id: 5}


def test_pages_follow_one_another(company, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 4)
    (point, other), version = company[2], factories.version()
    give(point, version, *[ALIKE] * 10)
    give(other, version, *[ALIKE] * 3)
    asked = ResponseFilter([version.id], *EVER, released=False)
    assert [len(page) for page in queries.pages([point.id], asked)] == [4, 4, 2]
    assert queries.count([point.id, other.id], asked) == 13


def test_the_longest_text_is_measured_in_bytes(company):
    (point, _other), version = company[2], factories.version()
    give(point, version, {"comment": "好的"}, {"comment": "abc"}, {"overall": 3, "quality_opinion": '"'})
    asked = ResponseFilter([version.id], *EVER, released=False)
    keys = ["comment", "quality_opinion", "pick~other"]
    assert queries.longest([point.id], asked, keys) == {
        "comment": 6,
        "quality_opinion": 1,
        "pick~other": 0,
    }
    assert queries.longest([point.id], asked, []) == {}


OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def test_answers_that_no_batch_shows_yet_are_withheld(company):
    first, second = batches_of(company[2][0], date(2026, 11, 1), date(2026, 12, 1))
    carry(first, "comment", None)
    assert queries.withheld([company[2][0].id], *EVER) == {(first, "comment")}
    assert queries.withheld([company[2][1].id], *EVER) == set()
    carry(second, "age", second)
    assert queries.withheld([company[2][0].id], *EVER) == {(first, "comment")}


def test_answers_that_a_later_batch_shows_are_withheld_without_that_batch(company):
    point = company[2][0]
    first, second, third = batches_of(point, date(2026, 11, 1), date(2026, 12, 1), date(2026, 12, 15))
    carry(first, "comment", second)
    assert queries.withheld([point.id], *OCTOBER) == {(first, "comment")}
    assert queries.withheld([point.id], OCTOBER[0], NOVEMBER[1]) == set()
    assert queries.withheld([point.id], *NOVEMBER) == {(first, "comment")}
    carry(second, "age", third)
    assert queries.withheld([point.id], OCTOBER[0], NOVEMBER[1]) == {(second, "age")}
    assert queries.withheld([point.id], *EVER) == set()


def test_answers_that_are_shown_together_are_withheld_together(company):
    point = company[2][0]
    first, second, third = batches_of(point, date(2026, 11, 1), date(2026, 11, 15), date(2026, 12, 1))
    for batch_id in (first, second, third):
        carry(batch_id, "comment", third)
    both = {(batch_id, "comment") for batch_id in (first, second, third)}
    assert queries.withheld([point.id], date(2026, 11, 1), date(2026, 11, 30)) == both
    assert queries.withheld([point.id], OCTOBER[0], NOVEMBER[1]) == set()


def employees(point, asked):
    """Return how many responses an export has of each employee."""
    return Counter(one.employee_id for page in queries.pages([point.id], asked) for one in page)


def batches_of(point, *closing_days):
    """Add a batch to one queue of ``point`` for each of these days, and return their ids."""
    questionnaire_id = factories.version().questionnaire_id
    with transaction() as session:
        queue = Queue.of_class(point.id, questionnaire_id, COMMON, OCTOBER[0])
        queue.set_terms(calendar.terms(OCTOBER[0], 0))
        session.add(queue)
        session.flush()
        batches = [
            Batch(queue_id=queue.id, closed_on=day, n=5, answered={"overall": 5}) for day in closing_days
        ]
        session.add_all(batches)
        session.flush()
        return [batch.id for batch in batches]


def carry(batch_id, question, shown_in):
    with transaction() as session:
        session.add(Carried(batch_id=batch_id, question=question, shown_in=shown_in))

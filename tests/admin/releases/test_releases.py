"""Tests of the page that opens service points for counting: who may, what it lists, what it opens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from admin.releases import releases
from survey.audit.models import AuditLine
from survey.batches.models import Queue
from survey.db import db
from tests import factories
from tests.admin.forms import post
from tests.catalogue import zh

URL = "/admin/releases/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def points(company):
    """Both service points of the company, each with a link to the same questionnaire."""
    version = factories.version()
    for code in ("P1", "P2"):
        factories.link(company[code], of=version)
    return [f"{company[code].id}-{version.questionnaire_id}" for code in ("P1", "P2")]


def queues() -> list[Queue]:
    db.session.rollback()
    return list(db.session.scalars(select(Queue).order_by(Queue.place_id)))


@pytest.mark.parametrize("role", ["manager", "marketing", "counter", "auditor"])
def test_only_administrators_open_service_points(enter, points, role):
    client = enter(role)
    assert client.get(URL).status_code == 403
    assert f'href="{URL}"' not in client.get("/admin/indexes/").text
    assert post(client, URL, "/admin/account/", which="all").status_code == 403
    assert queues() == []


def test_chosen_points_are_opened_and_listed_with_their_closing_day(enter, points, company):
    client = enter("administrator")
    before = client.get(URL).text
    assert all(f'value="{point}"' in before for point in points)
    assert post(client, URL, URL, chosen=points[:1], expected="4", which="chosen").status_code == 303
    (queue,) = queues()
    assert (queue.place_id, queue.expected) == (company["P1"].id, 4)
    assert queue.closes_on == date(2026, 11, 29)
    after = client.get(URL).text
    to_open = after.partition(f"{URL}expected")[0]
    assert points[0] not in to_open
    assert points[1] in to_open
    assert "2026-11-29" in after


def test_all_points_are_opened_also_those_that_are_not_listed(enter, points, monkeypatch):
    monkeypatch.setattr(releases, "LISTED", 1)
    client = enter("administrator")
    assert client.get(URL).text.count('name="chosen"') == 1
    post(client, URL, URL, which="all")
    assert [queue.closes_on - queue.opens_on for queue in queues()] == [timedelta(28)] * 2
    assert zh("No service points to open") in client.get(URL).text


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"chosen": "x-1"},
        {"chosen": "1-99999"},
        {"chosen": ["1-1", "²-1"]},
        {"which": "all", "expected": "-1"},
        {"which": "all", "expected": "many"},
        {"which": "all", "expected": "nan"},
    ],
)
def test_a_wrong_choice_opens_nothing(enter, points, typed):
    assert post(enter("administrator"), URL, URL, **typed).status_code == 422
    assert queues() == []


def test_a_batch_whose_day_is_over_closes_today(enter, points):
    client = enter("administrator")
    post(client, URL, URL, which="all")
    with time_machine.travel("2027-02-01T12:00:00+08:00", tick=False):
        text = enter("administrator").get(URL).text
    assert "2027-02-01" in text
    assert "2026-12-22" not in text


def test_opening_is_in_the_audit_log_with_its_point(enter, points, company):
    post(enter("administrator"), URL, URL, chosen=points[1], which="chosen")
    line = db.session.scalars(select(AuditLine).filter_by(act="releases.open_chosen")).one()
    (change,) = line.changes
    assert (change["table"], change["values"]["place_id"]) == ("queue", [None, company["P2"].id])


def test_the_expected_number_of_open_points_can_be_changed(enter, points):
    client = enter("administrator")
    post(client, URL, URL, chosen=points, expected="2")
    reply = post(client, f"{URL}expected", URL, chosen=points[:1], expected_per_day="10")
    assert reply.status_code == 303
    assert [queue.expected for queue in queues()] == [10, 2]
    assert [queue.closes_on for queue in queues()] == [date(2026, 12, 4)] * 2  # the open batch stays


@pytest.mark.parametrize(
    "typed", [{"expected_per_day": "5"}, {"chosen": "1-1"}, {"chosen": "1-1", "expected_per_day": "-1"}]
)
def test_a_wrong_expected_number_changes_nothing(enter, points, typed):
    client = enter("administrator")
    post(client, URL, URL, chosen=points, expected="2")
    assert post(client, f"{URL}expected", URL, **typed).status_code == 422
    assert {queue.expected for queue in queues()} == {2}

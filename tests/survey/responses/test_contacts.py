from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from survey.db import db
from survey.responses import calling, queries
from survey.responses.contacts import DAYS_AFTER_CALL, DAYS_AT_MOST, callbacks
from survey.responses.models import Contact
from survey.sealing import seal
from tests import factories
from tests.factories import TODAY


@pytest.fixture
def asked(app):
    """Two regions with a callback each."""
    _top, regions, points = factories.company(2, 1)
    link = factories.link(points[0])
    for point, name in zip(points, ("东", "西"), strict=True):
        sealed = {"name": seal(name, "contact name"), "phone": seal("12345", "contact phone")}
        db.session.add(
            Contact(
                place_id=point.id, questionnaire_id=link.questionnaire_id, week=date(2026, 11, 23), **sealed
            )
        )
    db.session.commit()
    return regions


def test_callbacks_are_opened_for_a_part_of_the_tree_or_all_of_it(asked):
    assert {callback.name for callback in callbacks(None, False, 0, 10)} == {"东", "西"}
    (east,) = callbacks(asked[0], False, 0, 10)
    assert (east.name, east.phone, east.done_on) == ("东", "12345", None)
    assert queries.count_contacts(asked[0], False) == 1


def test_what_is_done_is_found_apart_and_can_be_taken_back(asked):
    (east,) = callbacks(asked[0], False, 0, 10)
    calling.mark_done(east.id, TODAY)
    assert [callback.name for callback in callbacks(None, False, 0, 10)] == ["西"]
    assert [(callback.name, callback.done_on) for callback in callbacks(None, True, 0, 10)] == [("东", TODAY)]
    calling.mark_open(east.id)
    assert queries.count_contacts(None, False) == 2


def test_what_was_sealed_otherwise_has_no_number(asked):
    contact = db.session.query(Contact).first()
    contact.phone = b"x" * 40
    db.session.commit()
    assert sorted(callback.phone or "" for callback in callbacks(None, False, 0, 10)) == ["", "12345"]


def test_contacts_are_erased_sooner_after_a_call_and_all_in_time(asked, app):
    (east,) = callbacks(asked[0], False, 0, 10)
    calling.mark_done(east.id, TODAY)

    def left_after(days):
        with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(days=days), tick=False):
            calling.erase()
        return sorted(callback.name for done in (False, True) for callback in callbacks(None, done, 0, 10))

    assert left_after(DAYS_AFTER_CALL) == ["东", "西"]
    assert left_after(DAYS_AFTER_CALL + 1) == ["西"]
    assert left_after(DAYS_AT_MOST) == ["西"]
    assert left_after(DAYS_AT_MOST + 1) == []


def test_erasing_says_how_many_so_that_a_worker_can_rest(asked):
    with time_machine.travel(datetime(2027, 11, 23, tzinfo=UTC), tick=False):
        assert [calling.erase(), calling.erase()] == [2, 0]

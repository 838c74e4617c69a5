"""Pages that a limit closes, and who may still submit or see the thanks."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from survey.db import db
from survey.links.models import Link
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.rules.limits import ResponseLimits
from survey.responses import limiting
from tests import factories
from tests.factories import TODAY
from tests.survey.tallies.answers import give

NOW = datetime.now(UTC).replace(tzinfo=None)
HOUR = timedelta(hours=1)
OVER = ResponseLimits(closes_at=NOW - HOUR)


@pytest.fixture
def link(app):
    return factories.link(points=10)


@pytest.fixture
def visitor(app, customer, link):
    who = customer(app.test_client(), link.code)
    who.open("?lang=en")
    return who


def limit_link(link, wish):
    limiting.limit_link(link.id, wish)


def limit_questionnaire(link, wish):
    limiting.limit_questionnaire(link.questionnaire_id, wish)


WAYS = pytest.mark.parametrize("limit", [limit_link, limit_questionnaire])


@WAYS
def test_a_link_stores_nothing_before_it_opens_and_after_it_closes(visitor, link, stored, limit):
    limit(link, ResponseLimits(NOW + HOUR, NOW + 3 * HOUR))
    tokens = visitor.tokens
    assert visitor.open("?lang=en").status_code == 410
    assert "Not open yet" in visitor.open("?lang=en").text
    assert visitor.hand_in(**tokens).status_code == 410
    with time_machine.travel(NOW.replace(tzinfo=UTC) + 2 * HOUR, tick=False):
        assert visitor.open("?lang=en").status_code == 200
    with time_machine.travel(NOW.replace(tzinfo=UTC) + 3 * HOUR, tick=False):
        assert "This survey is closed" in visitor.open("?lang=en").text
        assert visitor.hand_in(**tokens).status_code == 410
    assert stored() == (0, 0, 0)


@WAYS
def test_a_link_is_closed_after_its_maximum(app, customer, visitor, link, stored, limit):
    limit(link, ResponseLimits(maximum=1))
    late = customer(app.test_client(), link.code)
    late.open()
    assert visitor.hand_in().status_code == 303
    assert late.hand_in().status_code == 410
    assert late.open().status_code == 410
    assert stored() == (1, 1, 1)
    taken = [db.session.query(table).one().taken for table in (Link, Questionnaire)]
    assert taken == ([1, 0] if limit is limit_link else [0, 1])


@WAYS
def test_a_page_of_a_cached_link_stores_nothing_beyond_its_maximum(visitor, link, stored, limit, monkeypatch):
    limit(link, ResponseLimits(maximum=1))
    give_a_place(link)
    monkeypatch.setattr(ResponseLimits, "closed", lambda *_: None)  # as a link cached before
    assert visitor.hand_in().status_code == 410
    assert stored() == (0, 0, 0)


def give_a_place(link):
    for table, key in ((Link, link.id), (Questionnaire, link.questionnaire_id)):
        db.session.get_one(table, key, populate_existing=True).taken = 1
    db.session.commit()


def test_a_maximum_counts_the_responses_that_the_questionnaire_has_already(app, customer, link, stored):
    version = factories.version(link.questionnaire.slug)
    give(link.place, version, {"quality": 4}, {"quality": 5}, day=TODAY)
    limit_questionnaire(link, ResponseLimits(maximum=3))
    for expected in (303, 410):
        who = customer(app.test_client(), link.code)
        who.open()
        reply = who.hand_in() if who.tokens else who.open()
        assert reply.status_code == expected
    assert stored()[0] == 3


@WAYS
@pytest.mark.parametrize("wish", [OVER, ResponseLimits(maximum=1)])
def test_a_repeat_of_a_stored_response_is_not_counted_and_is_thanked(visitor, link, stored, limit, wish):
    limit(link, ResponseLimits(maximum=1))
    visitor.hand_in()
    limit(link, wish)
    reply = visitor.hand_in()
    assert (reply.status_code, reply.location) == (303, f"/s/{link.code}/thanks")
    assert visitor.open().location.endswith("/thanks")
    assert visitor.thanks().status_code == 200
    assert stored() == (1, 1, 1)
    assert max(db.session.query(table).one().taken for table in (Link, Questionnaire)) == 1


@WAYS
def test_a_page_tells_a_device_that_it_has_answered(visitor, link, stored, limit):
    limit(link, ResponseLimits(once_per_device=True))
    assert visitor.hand_in().status_code == 303
    assert visitor.open("?again").location.endswith("/thanks")
    visitor.client.delete_cookie("page", path=f"/s/{link.code}")
    reply = visitor.open("?lang=en")
    assert reply.status_code == 410
    assert "You have already responded" in reply.text
    assert stored() == (1, 1, 1)


@WAYS
def test_a_second_page_open_on_the_device_stores_nothing(visitor, link, stored, limit):
    limit(link, ResponseLimits(once_per_device=True))
    first = dict(visitor.tokens)
    visitor.client.delete_cookie("page", path=f"/s/{link.code}")
    visitor.open()
    second, visitor.tokens = dict(visitor.tokens), first
    visitor.hand_in()
    visitor.tokens = second
    assert visitor.hand_in().status_code == 410
    assert stored() == (1, 1, 1)


def test_once_per_device_applies_to_the_link_or_to_all_links_of_the_questionnaire(app, customer, link):
    twin = factories.link(of=factories.version(link.questionnaire.slug))
    phone = app.test_client()
    for wish, expected in ((limit_link, 200), (limit_questionnaire, 410)):
        wish(link, ResponseLimits(once_per_device=True))
        first, second = customer(phone, link.code), customer(phone, twin.code)
        first.open()
        first.hand_in()
        assert second.open().status_code == expected
        phone = app.test_client()


@pytest.mark.parametrize(("lang", "text"), [("zh", "谢谢，已结束"), ("en", "<Over>")])
def test_the_link_s_text_when_closed_precedes_its_questionnaire_s(visitor, link, lang, text):
    limit_questionnaire(link, ResponseLimits(closed_text={"zh": "问卷的话", "en": "Questionnaire's"}))
    limit_link(link, ResponseLimits(closes_at=NOW - HOUR, closed_text={"zh": "谢谢，已结束", "en": "<Over>"}))
    page = visitor.open(f"?lang={lang}").text
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page
    assert "问卷的话" not in page


def test_a_closed_page_without_a_text_of_its_own_has_the_usual_text(visitor, link):
    limit_link(link, OVER)
    assert "Thank you for your interest" in visitor.open("?lang=en").text


def test_a_link_whose_limits_were_removed_accepts_responses(visitor, link, stored):
    limit_link(link, OVER)
    limit_link(link, ResponseLimits())
    assert visitor.open().status_code == 200
    assert visitor.hand_in().status_code == 303
    assert stored() == (1, 1, 1)

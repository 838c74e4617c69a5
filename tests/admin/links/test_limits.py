from datetime import datetime

import pytest
from sqlalchemy import update

from survey.db import db
from survey.links.models import Link
from survey.questionnaires.rules.limits import ResponseLimits
from survey.responses.limiting import limit_link
from tests import factories
from tests.admin.links.test_links import post

FIELDS = {
    "opens_at": "2026-12-01T08:00",
    "closes_at": "2026-12-31T20:30",
    "maximum": "500",
    "once_per_device": "y",
    "closed_zh": "谢谢",
    "closed_en": "Thank you",
}
LIMIT = ResponseLimits(
    datetime.fromisoformat("2026-12-01T00:00"),
    datetime.fromisoformat("2026-12-31T12:30"),
    500,
    True,
    {"zh": "谢谢", "en": "Thank you"},
)
"""The limits of FIELDS in UTC; Shanghai is eight hours ahead."""


@pytest.fixture
def link(embedded_app):
    return factories.link()


@pytest.fixture
def client(embedded_app, link):
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def kept(link):
    return db.session.get_one(Link, link.id, populate_existing=True).limit


def test_limits_are_set_shown_and_removed(client, link):
    path = f"/admin/links/{link.code}/limits/"
    assert post(client, path, FIELDS).location == f"/admin/links/{link.code}"
    assert kept(link) == LIMIT
    page = client.get(path).text
    for value in ("2026-12-01T08:00", "2026-12-31T20:30", 'value="500"', "谢谢", "checked"):
        assert value in page
    assert "500" in client.get(f"/admin/links/{link.code}").text
    assert post(client, path, {}).status_code == 303
    assert kept(link) == ResponseLimits()


@pytest.mark.parametrize(
    "fields",
    [
        {"opens_at": "2026-12-02T08:00", "closes_at": "2026-12-02T08:00"},
        {"maximum": "0"},
        {"maximum": "many"},
        {"maximum": "99999999999999999999"},
        {"opens_at": "tomorrow"},
        {"closes_at": "0001-01-01T00:00"},
        {"closed_zh": "x" * 201},
    ],
)
def test_invalid_limits_are_shown_again_and_change_nothing(client, link, fields):
    limit_link(link.id, LIMIT)
    reply = post(client, f"/admin/links/{link.code}/limits/", fields)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
    assert kept(link) == LIMIT


def test_limits_need_the_capability_and_a_link_within_the_scope(embedded_app, link):
    path = f"/admin/links/{link.code}/limits/"
    for role in ("marketing", "auditor"):
        assert (
            factories.sign_in(embedded_app.test_client(), factories.staff(role)).get(path).status_code == 403
        )
    stranger = factories.staff("manager", factories.place("region"))
    assert factories.sign_in(embedded_app.test_client(), stranger).get(path).status_code == 404


def test_a_manager_keeps_the_maximum_that_an_administrator_set(embedded_app, link):
    limit_link(link.id, LIMIT)
    manager = factories.sign_in(embedded_app.test_client(), factories.staff("manager", link.place))
    path = f"/admin/links/{link.code}/limits/"
    assert 'name="maximum"' not in manager.get(path).text
    assert post(manager, path, {"maximum": "1", "once_per_device": "y"}).status_code == 303
    assert kept(link) == ResponseLimits(maximum=500, once_per_device=True)


def test_no_page_says_how_many_responses_a_limited_link_has(client, embedded_app, link):
    limit_link(link.id, LIMIT)
    db.session.execute(update(Link).where(Link.id == link.id).values(taken=347))
    db.session.commit()
    for page in (f"/admin/links/{link.code}", f"/admin/links/{link.code}/limits/", "/admin/links/"):
        assert "347" not in client.get(page).text

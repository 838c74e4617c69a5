import re
from datetime import date

import pytest
import time_machine

from survey.comments import collecting
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, release_all

DAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def point(embedded_app):
    _top, _, (point, other) = factories.company(1, 2)
    version = factories.version()
    texts = ["<b>bold</b>", "慢", *[f"number {n}" for n in range(70)]]
    give(point, version, *[ALIKE | {"comment": text} for text in texts], day=DAY)
    give(other, version, *[ALIKE] * 4, day=DAY)
    release_all()
    return point


def get(client, path, headers=None, **arguments):
    query = {"lang": "en"} | arguments
    response = client.get(f"/admin/indexes/comments/{path}", query_string=query, headers=headers)
    return response.status_code, response.get_data(as_text=True)


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("auditor", 200), ("marketing", 403)])
def test_only_roles_that_read_figures_see_comments(embedded_client, sign_in, point, role, status):
    sign_in(embedded_client, factories.staff(role))
    assert get(embedded_client, point.code)[0] == status


def test_comments_are_escaped_and_shown_in_pages(embedded_client, sign_in, point):
    sign_in(embedded_client, factories.staff("manager", point))
    _, first = get(embedded_client, point.code)
    _, second = get(embedded_client, point.code, page=2)
    assert first.count("<li><p>") + second.count("<li><p>") == 72
    assert "&lt;b&gt;bold&lt;/b&gt;" in first + second
    assert "<b>bold" not in first + second
    assert "72 comments, newest months first" in first
    assert "Searched all 72 responses." in first
    assert "<h2>2026-11</h2>" in first
    assert re.search(r'>number</a>\s+<span class="n">70</span>', first)


def test_a_search_shows_the_comments_that_contain_the_word(embedded_client, sign_in, point):
    sign_in(embedded_client, factories.staff())
    _, text = get(embedded_client, point.code, q="慢")
    assert "1 comment contains “慢”" in text
    assert "0 comments contain “zzz”." in get(embedded_client, point.code, q="zzz")[1]
    _, part = get(embedded_client, point.code, {"HX-Request": "true"}, q="慢")
    assert "<html" not in part


def test_very_many_answers_are_shown_in_parts(embedded_client, sign_in, point, monkeypatch):
    monkeypatch.setattr(collecting, "SEARCHED_OF_POINT", 40)
    sign_in(embedded_client, factories.staff())
    _, first = get(embedded_client, point.code, q="number")
    assert "about 36 of 72 responses, a random part (1 of 2)" in first
    assert "part=2" in first
    _, last = get(embedded_client, point.code, q="number", part=7)
    assert "a random part (2 of 2)" in last
    assert "part=1" in last
    assert first.count("<li><p>number") + last.count("<li><p>number") == 70


def test_a_region_names_the_service_points(embedded_client, sign_in, point):
    sign_in(embedded_client, factories.staff())
    assert f"/admin/indexes/comments/{point.code}" in get(embedded_client, point.parent.code)[1]


def test_comments_of_few_customers_or_of_other_units_are_not_shown(embedded_client, sign_in, point):
    other = factories.place("point", point.parent)
    sign_in(embedded_client, factories.staff("manager", other))
    assert "No comments to show" in get(embedded_client, other.code)[1]
    assert get(embedded_client, point.code)[0] == 404
    assert get(embedded_client, "nowhere")[0] == 404
    assert get(embedded_client, other.code, period="never")[0] == 422

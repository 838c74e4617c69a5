from datetime import date

import pytest

from survey.transaction import transaction
from survey.weighting import queries
from tests import factories
from tests.admin.forms import post
from tests.survey.tallies.answers import give, release_all

PATH = "/admin/totals/"
MARCH = date(2026, 3, 1)
RATINGS = ("quality", "effectiveness", "innovation", "value", "overall")
GOOD, BAD = (dict.fromkeys(RATINGS, n) | {"nps": nps} for n, nps in ((5, 9), (1, 2)))


@pytest.fixture
def client(enter):
    return enter("administrator")


@pytest.fixture
def points(client):
    """Return a company with a point of 30 good answers and 900 customers, and a point of 10 bad answers and
    2,700 customers."""
    top, _regions, points = factories.company(1, 2)
    version = factories.version()
    give(points[0], version, *[GOOD] * 30, day=MARCH)
    give(points[1], version, *[BAD] * 10, day=MARCH)
    release_all()
    with transaction():
        queries.save(MARCH, [("place", points[0].id, "", 900.0), ("place", points[1].id, "", 2700.0)])
    return top, points


def figures(client, path, **arguments):
    arguments = {"lang": "en", "period": "custom", "from": "2026-03-01", "to": "2026-03-31"} | arguments
    answer = client.get(f"/admin/indexes/{path}", query_string=arguments)
    return answer.status_code, answer.text


def test_the_page_without_totals_explains_them_and_no_page_offers_weights(client):
    assert "No customer totals yet" in client.get(PATH, query_string={"lang": "en"}).text
    top, _, [point] = factories.company(1, 1)
    give(point, factories.version(), day=MARCH)
    release_all()
    assert 'name="weights"' not in figures(client, top.code)[1]


def test_totals_are_shown_and_can_be_removed(client, points):
    text = client.get(PATH, query_string={"lang": "en"}).text
    assert "currently effective" in text
    assert "2,700" in text
    assert "75.0%" in text
    assert post(client, f"{PATH}2026-03/removal", page=PATH).status_code == 303
    assert queries.months() == []
    assert post(client, f"{PATH}2026-03/removal", page="/admin/totals/-/import/").status_code == 404
    assert post(client, f"{PATH}march/removal", page="/admin/totals/-/import/").status_code == 404


def test_only_administrators_see_totals(enter):
    assert enter("auditor").get(PATH).status_code == 403


def test_a_weighted_page_is_marked_and_shows_both_figures(client, points):
    top, _points = points
    status, text = figures(client, top.code, weights="customers")
    assert status == 200
    assert '<p class="figure">25.0</p>' in text
    assert "unweighted: 75.0" in text
    assert "Weighted by customers" in text
    assert "40 responses have an effective sample size of 17; design effect 2.33." in text
    assert 'id="about-weights"' in text
    assert '<p class="figure">40</p>' in text
    plain = figures(client, top.code)[1]
    assert '<p class="figure">75.0</p>' in plain
    assert "Weighted by customers" not in plain
    assert 'id="about-weights"' not in plain
    assert figures(client, top.code, weights="heads")[0] == 422


def test_every_page_of_figures_can_be_weighted(client, points):
    top, (point, _other) = points
    for path in ("", f"drivers/{top.code}", f"comparison/{top.code}", point.code):
        status, text = figures(client, path, weights="customers")
        assert status == 200, path
        assert "Weighted by customers" in text, path
    assert "Weighted by customers" not in figures(client, f"comments/{top.code}", weights="customers")[1]


def test_totals_that_contradict_the_answers_are_reported(client, points):
    top, (point, other) = points
    version = factories.version("second")
    give(point, version, *[GOOD] * 30, day=MARCH)
    give(other, version, *[BAD] * 10, day=MARCH, channel="sms")
    release_all()
    both = [("place", point.id, "", 1.0), ("place", other.id, "", 99.0)]
    with transaction():
        queries.save(MARCH, [*both, ("channel", 0, "qr", 99.0), ("channel", 0, "sms", 1.0)])
    text = figures(client, top.code, weights="customers", questionnaire="second")[1]
    assert "Not weighted" in text
    assert '<p class="figure">75.0</p>' in text

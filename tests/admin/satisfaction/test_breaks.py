from datetime import date

import pytest

from admin.satisfaction.breaks import recent_breaks
from survey.periods import Period
from survey.questionnaires import publication
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, release_all


@pytest.fixture
def versions(embedded_app):
    """Return two versions; version 2, of 2 November, asks for the recommendation as a rating of five
    points."""
    first = factories.version()
    document = publication.library_document("r5")
    rated = {"code": "nps", "kind": "rating", "texts": {"zh": "愿意推荐吗？", "en": "Recommend?"}}
    questions = [rated if q["code"] == "nps" else q for q in document["questions"]]
    second = publication.publish(
        "service-satisfaction", document["title"], {"questions": questions}, date(2026, 11, 2)
    )
    return [second, first]


def test_a_break_is_marked_on_pages_whose_period_includes_it(versions):
    (series_break,) = recent_breaks(versions, Period(date(2026, 11, 1), date(2026, 11, 30)))
    assert (series_break.code, series_break.before, series_break.after, series_break.why) == (
        "nps",
        1,
        2,
        ("kind",),
    )
    assert recent_breaks(versions, Period(date(2026, 9, 1), date(2026, 10, 31))) == []
    assert recent_breaks(versions, Period(date(2028, 11, 1), date(2028, 11, 30))) == []


def test_the_page_shows_the_day_of_the_break_and_links_to_the_comparison(embedded_app, versions):
    top, _, [point] = factories.company(1, 1)
    give(point, versions[1], *[ALIKE] * 6, day=date(2026, 10, 5))
    give(point, versions[0], *[ALIKE | {"nps": 4}] * 6, day=date(2026, 11, 5))
    release_all()
    client = factories.sign_in(embedded_app.test_client(), factories.staff())
    query = {"lang": "en", "from": "2026-10-01", "to": "2026-11-30", "period": "custom"}
    page = client.get(f"/admin/indexes/{top.code}", query_string=query).text
    assert "counted from November 2, 2026 on" in page
    assert "another type" in page
    assert "/admin/questionnaires/service-satisfaction/comparison?before=1&amp;after=2" in page

from datetime import date

import pytest

from survey.responses.export import queries
from survey.responses.export.queries import ResponseFilter
from survey.tallies import folding
from tests import factories
from tests.survey.tallies.answers import ALIKE, give

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


def test_what_is_released_stands_in_its_month(company):
    (point, _other), version = company[2], factories.version()
    give(point, version, *[ALIKE] * 3, day=date(2026, 10, 30))
    asking = ResponseFilter([version.id], date(2026, 11, 1), date(2026, 11, 30), released=True)
    october = asking._replace(first=date(2026, 10, 1), last=date(2026, 10, 31))
    folding.fold_all()
    assert queries.count([point.id], october) == 0  # too few, they wait
    give(point, version, *[ALIKE] * 2, day=date(2026, 11, 2))
    folding.fold_all()
    assert queries.count([point.id], october) == 0
    assert queries.count([point.id], asking) == 5
    assert {response.day.month for page in queries.pages(point.id, asking) for response in page} == {11}
    assert queries.count([point.id], october._replace(released=False)) == 3


def test_pages_follow_one_another(company, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 4)
    (point, other), version = company[2], factories.version()
    give(point, version, *[ALIKE] * 10)
    give(other, version, *[ALIKE] * 3)
    asking = ResponseFilter([version.id], *EVER, released=False)
    assert [len(page) for page in queries.pages(point.id, asking)] == [4, 4, 2]
    assert queries.count([point.id, other.id], asking) == 13


def test_the_longest_text_is_measured_in_bytes(company):
    (point, _other), version = company[2], factories.version()
    give(point, version, {"comment": "好的"}, {"comment": "abc"}, {"overall": 3, "quality_opinion": '"'})
    asking = ResponseFilter([version.id], *EVER, released=False)
    keys = ["comment", "quality_opinion", "pick~other"]
    assert queries.longest([point.id], asking, keys) == {
        "comment": 6,
        "quality_opinion": 1,
        "pick~other": 0,
    }
    assert queries.longest([point.id], asking, []) == {}

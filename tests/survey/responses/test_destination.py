from __future__ import annotations

import pytest
from flask import Flask

from survey.places import queries as places
from survey.questionnaires import queries as questionnaires
from survey.responses.destination import Destination
from survey.responses.mapping import ImportRefused, parse
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY

TEXT = """
questionnaire = "counter"
[place]
column = "point"
parent = "CO"
[date]
template = "{day}"
[[question]]
code = "overall"
column = "all"
kind = "rating"
scale = 5
"""
MAPPING = parse(TEXT)


def made(*codes: str) -> Destination:
    there = Destination.look_up(MAPPING)
    with transaction() as session:
        there.make(session, codes, TODAY)
    return there


def test_what_is_missing_is_made_once(app: Flask):
    first = made("B", "A", "A")
    assert first.made == ["A", "B"]
    again = made("A", "C")
    assert again.made == ["C"]
    assert again.version is not None
    assert again.version.id == first.version.id
    top = places.place("CO")
    assert sorted(place.code for place in places.children(top)) == ["A", "B", "C"]
    assert again.ids == {code: places.place(code).id for code in "ABC"}


def test_points_of_regions_below_are_taken_where_they_are(app: Flask):
    region = factories.place("region", factories.place("group", code="CO"), "R")
    point = factories.place("point", region, "A")
    there = made("A")
    assert there.made == []
    assert there.ids == {"A": point.id}
    assert there.fault("R") == "is a region, not a service point"


def test_codes_that_cannot_be_points_there_are_told(app: Flask):
    factories.place("point", code="ELSEWHERE")
    factories.place("group", code="CO")
    there = Destination.look_up(MAPPING)
    assert there.fault("A") == ""
    assert there.fault("") == "is blank"
    assert there.fault("CO") == "is the place that service points lie below"
    assert there.fault("ELSEWHERE") == "is the code of a place that does not lie below CO"
    assert "is no code" in there.fault("x" * 65)
    assert "is no code" in there.fault("a\tb")
    with pytest.raises(ImportRefused, match="ELSEWHERE"), transaction() as session:
        there.make(session, ["A", "ELSEWHERE"], TODAY)
    assert places.place("A") is None
    assert questionnaires.questionnaire("counter") is None


def test_answers_do_not_go_below_a_service_point(app: Flask):
    factories.place("point", code="CO")
    with pytest.raises(ImportRefused, match="CO is a service point"):
        Destination.look_up(MAPPING)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code = "overall"', 'code = "other"', "does not ask other"),
        ('kind = "rating"\nscale = 5', 'kind = "nps"', "overall is rating in questionnaire counter, not nps"),
        ("scale = 5", "scale = 7", "overall has a scale of 5 in counter, not 7"),
    ],
)
def test_a_questionnaire_that_asks_something_else_is_refused(app: Flask, old: str, new: str, told: str):
    made("A")
    assert old in TEXT
    with pytest.raises(ImportRefused, match=told):
        Destination.look_up(parse(TEXT.replace(old, new)))

from datetime import date

import pytest

from survey.indexes.comparison import compare
from survey.indexes.rules.groups import RespondentGroup
from survey.periods import Period
from survey.tallies.rules.parts import Common
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, release_all, some

MARCH, APRIL = Period(date(2026, 3, 1), date(2026, 3, 31)), Period(date(2026, 4, 1), date(2026, 4, 30))
SPRING = Period(MARCH.first, APRIL.last)
BAD = dict.fromkeys(ALIKE, 1) | {"nps": 2}


@pytest.fixture
def company(app):
    """Return (version, region, points): the second of two points gets worse in April, also by SMS."""
    _top, [region], points = factories.company(1, 2)
    version = factories.version()
    for seed, point in enumerate(points):
        give(point, version, *some(40, seed), day=MARCH.first)
    give(points[0], version, *some(40, 7), day=APRIL.first)
    give(points[1], version, *[BAD] * 15, *some(20, 8), day=APRIL.first)
    give(points[1], version, *[BAD] * 6, day=APRIL.last, channel="sms")
    release_all()
    return version, region, points


def test_a_comparison_of_two_periods_shows_significant_and_insignificant_changes(company):
    version, _region, (first, second) = company
    same = compare([version], RespondentGroup(first.id, APRIL), RespondentGroup(first.id, MARCH))
    assert same.rest == ""
    assert same.figures["index"].change.verdict == "none"
    worse = compare([version], RespondentGroup(second.id, APRIL), RespondentGroup(second.id, MARCH))
    index = worse.figures["index"]
    assert index.change.verdict == "fallen"
    assert index.change.value == pytest.approx(index.selected.value - index.reference.value)
    assert index.change.interval().high < 0
    assert index.change.p < 0.001
    assert worse.figures["nps"].change.verdict == "none"
    assert "question:overall" in worse.moved
    assert {"satisfied", "dimension:quality"} <= worse.figures.keys()


def test_a_group_that_contains_the_other_is_compared_without_its_respondents(company):
    version, region, (first, second) = company
    comparison = compare([version], RespondentGroup(second.id, SPRING), RespondentGroup(region.id, SPRING))
    points_comparison = compare(
        [version], RespondentGroup(second.id, SPRING), RespondentGroup(first.id, SPRING)
    )
    assert comparison.rest == "reference"
    assert comparison.reference == points_comparison.reference
    assert comparison.figures == points_comparison.figures
    turned_comparison = compare(
        [version], RespondentGroup(region.id, SPRING), RespondentGroup(second.id, SPRING)
    )
    assert turned_comparison.rest == "selected"
    assert turned_comparison.selected == points_comparison.reference


def test_two_channels_of_a_point_are_compared(company):
    version, _region, (_first, second) = company
    sms, qr = (RespondentGroup(second.id, SPRING, only=Common(channel, "")) for channel in ("sms", "qr"))
    comparison = compare([version], sms, qr)
    assert (comparison.selected.n, comparison.reference.n, comparison.rest) == (6, 75, "")
    whole_comparison = compare([version], sms, RespondentGroup(second.id, SPRING))
    assert whole_comparison.reference == comparison.reference


def test_groups_that_share_respondents_have_no_verdict(company):
    version, region, (_first, second) = company
    comparison = compare([version], RespondentGroup(second.id, SPRING), RespondentGroup(region.id, APRIL))
    assert comparison.rest == "shared"
    assert comparison.figures["index"].change.verdict == "unknown"
    assert comparison.figures["index"].change.p is None
    assert comparison.figures["index"].change.value is not None
    assert comparison.moved == {}


def test_a_period_without_respondents_has_no_difference(company):
    version, _region, (first, _second) = company
    comparison = compare(
        [version],
        RespondentGroup(first.id, APRIL),
        RespondentGroup(first.id, Period(date(2020, 1, 1), date(2020, 1, 2))),
    )
    assert comparison.reference.n == 0
    assert comparison.figures["index"].change.verdict == "unknown"
    assert comparison.figures["nps"].change.difference is None


def test_employees_are_disjoint_groups_within_their_place(app):
    point, version = factories.place(), factories.version()
    wang, li = factories.employee(point), factories.employee(point)
    give(point, version, *some(12, 1), day=MARCH.first, served_by=wang)
    give(point, version, *some(13, 2), day=MARCH.first, served_by=li)
    release_all()
    groups = {
        employee_id: RespondentGroup(point.id, MARCH, employee_id) for employee_id in (0, wang.id, li.id)
    }
    comparison = compare([version], groups[wang.id], groups[li.id])
    assert (comparison.rest, comparison.selected.n, comparison.reference.n) == ("", 12, 13)
    assert compare([version], groups[wang.id], groups[0]).reference == comparison.reference

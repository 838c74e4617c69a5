from datetime import date

import pytest

from survey.indexes.comparison import compare
from survey.indexes.rules.groups import RespondentGroup
from survey.periods import Period
from survey.tallies import folding
from survey.tallies.rules.parts import Common
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, some

MARCH, APRIL = Period(date(2026, 3, 1), date(2026, 3, 31)), Period(date(2026, 4, 1), date(2026, 4, 30))
SPRING = Period(MARCH.first, APRIL.last)
BAD = dict.fromkeys(ALIKE, 1) | {"nps": 2}


@pytest.fixture
def company(app):
    """A region of two points: the second worse in April, and its answers by SMS too."""
    _top, [region], points = factories.company(1, 2)
    version = factories.version()
    for seed, point in enumerate(points):
        give(point, version, *some(40, seed), day=MARCH.first)
    give(points[0], version, *some(40, 7), day=APRIL.first)
    give(points[1], version, *[BAD] * 15, *some(20, 8), day=APRIL.first)
    give(points[1], version, *[BAD] * 6, day=APRIL.last, channel="sms")
    folding.fold_all()
    return version, region, points


def test_two_periods_show_what_changed_and_what_did_not(company):
    version, _region, (first, second) = company
    same = compare([version], RespondentGroup(first.id, APRIL), RespondentGroup(first.id, MARCH))
    assert same.rest == ""
    assert same.figures["index"].change.verdict == "none"
    worse = compare([version], RespondentGroup(second.id, APRIL), RespondentGroup(second.id, MARCH))
    index = worse.figures["index"]
    assert index.change.verdict == "fallen"
    assert index.change.value == pytest.approx(index.one.value - index.other.value)
    assert index.change.difference.standard_error == pytest.approx(
        (index.one.standard_error**2 + index.other.standard_error**2) ** 0.5
    )
    assert index.change.p < 0.001
    assert worse.figures["nps"].change.verdict == "none"
    assert "question:overall" in worse.moved
    assert {"satisfied", "dimension:quality"} <= worse.figures.keys()


def test_what_holds_the_other_is_compared_without_it(company):
    version, region, (first, second) = company
    found = compare([version], RespondentGroup(second.id, SPRING), RespondentGroup(region.id, SPRING))
    others = compare([version], RespondentGroup(second.id, SPRING), RespondentGroup(first.id, SPRING))
    assert found.rest == "other"
    assert found.other == others.other
    assert found.figures == others.figures
    around = compare([version], RespondentGroup(region.id, SPRING), RespondentGroup(second.id, SPRING))
    assert around.rest == "one"
    assert around.one == others.other


def test_channels_are_compared(company):
    version, _region, (_first, second) = company
    sms, qr = (RespondentGroup(second.id, SPRING, only=Common(channel, "")) for channel in ("sms", "qr"))
    found = compare([version], sms, qr)
    assert (found.one.n, found.other.n, found.rest) == (6, 75, "")
    rest = compare([version], sms, RespondentGroup(second.id, SPRING))
    assert rest.other == found.other


def test_groups_that_share_respondents_are_not_judged(company):
    version, region, (_first, second) = company
    found = compare([version], RespondentGroup(second.id, SPRING), RespondentGroup(region.id, APRIL))
    assert found.rest == "shared"
    assert found.figures["index"].change.verdict == "unknown"
    assert found.figures["index"].change.p is None
    assert found.figures["index"].change.value is not None
    assert found.moved == {}


def test_what_nobody_answered_has_no_difference(company):
    version, _region, (first, _second) = company
    found = compare(
        [version],
        RespondentGroup(first.id, APRIL),
        RespondentGroup(first.id, Period(date(2020, 1, 1), date(2020, 1, 2))),
    )
    assert found.other.n == 0
    assert found.figures["index"].change.verdict == "unknown"
    assert found.figures["nps"].change.difference is None


def test_employees_are_apart_and_within_their_place(app):
    point, version = factories.place(), factories.version()
    wang, li = factories.employee(point), factories.employee(point)
    give(point, version, *some(12, 1), day=MARCH.first, served_by=wang)
    give(point, version, *some(13, 2), day=MARCH.first, served_by=li)
    folding.fold_all()
    at = {one: RespondentGroup(point.id, MARCH, one) for one in (0, wang.id, li.id)}
    both = compare([version], at[wang.id], at[li.id])
    assert (both.rest, both.one.n, both.other.n) == ("", 12, 13)
    assert compare([version], at[wang.id], at[0]).other == both.other

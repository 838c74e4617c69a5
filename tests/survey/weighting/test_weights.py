from datetime import date

import pytest

from survey.periods import Period, month
from survey.tallies import folding
from survey.tallies.queries import tallies
from survey.tallies.selection import Selection
from survey.weighting.population_totals import Scheme
from survey.weighting.weights import Raking
from tests import factories
from tests.survey.tallies.answers import give

MARCH, APRIL = date(2026, 3, 2), date(2026, 4, 1)
SPRING = Period(date(2026, 3, 1), date(2026, 4, 30))


@pytest.fixture
def points(app):
    _top, _, points = factories.company(1, 2)
    version = factories.version()
    for point, day in ((points[0], MARCH), (points[1], MARCH), (points[1], APRIL)):
        give(point, version, day=day)
    folding.fold_all()
    return version, points


def raking(points, *customers) -> Raking:
    totals = {str(point.id): number for point, number in zip(points, customers, strict=True)}
    return Raking(Scheme(MARCH, {"place": totals}))


def whole(_start: date) -> None:
    return None


def test_each_point_weighs_what_its_customers_are_to_its_answers(points):
    version, places = points
    one, other = places
    found = raking(places, 2000, 1000)
    weights = found.weights(Selection([version], SPRING), whole)
    keys = [((one.id, 0), 0, None), ((other.id, 0), 0, None), ((999, 0), 0, None)]
    assert found.each(keys, weights) == pytest.approx([2, 0.5, 1])


def test_months_have_weights_of_their_own(points):
    version, places = points
    found = raking(places, 300, 100)
    by_month = found.weights(Selection([version], SPRING), month)
    keys = [((place.id, 0), 0, month(MARCH)) for place in places]
    assert found.each(keys, by_month) == pytest.approx([1.5, 0.5])
    assert found.each([((places[1].id, 0), 0, APRIL)], by_month) == [1]
    assert found.months_contradicted() == 0


def test_what_was_read_anyway_makes_the_same_weights_and_is_not_read_again(points, monkeypatch):
    version, places = points
    one, other = places
    read = raking(places, 2000, 1000).weights(Selection([version], SPRING), whole)
    given = raking(places, 2000, 1000)
    given.count(
        Selection([version], SPRING), whole, [(((one.id, 0), 0, None), 5), (((other.id, 0), 0, None), 10)]
    )
    monkeypatch.setattr(tallies, "numbers", None)  # to be read again
    counted = given.weights(Selection([version], SPRING), whole)
    assert counted[None].weights.by_stratum == read[None].weights.by_stratum


def test_nobody_has_no_weight(app):
    assert raking([]).weights(Selection([], SPRING), whole) == {}

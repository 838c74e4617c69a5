from datetime import date

import pytest

from survey.periods import Period, month
from survey.tallies.queries import tallies
from survey.tallies.selection import Selection
from survey.weighting.population_totals import Scheme
from survey.weighting.weights import Raking
from tests import factories
from tests.survey.tallies.answers import give, release_all

MARCH, APRIL = date(2026, 3, 2), date(2026, 4, 1)
SPRING = Period(date(2026, 3, 1), date(2026, 4, 30))


@pytest.fixture
def points(app):
    _top, _, points = factories.company(1, 2)
    version = factories.version()
    for point, day in ((points[0], MARCH), (points[1], MARCH), (points[1], APRIL)):
        give(point, version, day=day)
    release_all()
    return version, points


def raking(points, *customers) -> Raking:
    totals = {str(point.id): number for point, number in zip(points, customers, strict=True)}
    return Raking(Scheme(MARCH, {"place": totals}))


def whole(_start: date) -> None:
    return None


def test_the_weight_of_a_point_is_its_customers_relative_to_its_answers(points):
    version, places = points
    first, second = places
    scheme_raking = raking(places, 2000, 1000)
    weights = scheme_raking.weights(Selection([version], SPRING), whole)
    keys = [((first.id, 0), 0, None), ((second.id, 0), 0, None), ((999, 0), 0, None)]
    assert scheme_raking.weights_of(keys, weights) == pytest.approx([2, 0.5, 1])


def test_months_have_weights_of_their_own(points):
    version, places = points
    scheme_raking = raking(places, 300, 100)
    by_month = scheme_raking.weights(Selection([version], SPRING), month)
    keys = [((place.id, 0), 0, month(MARCH)) for place in places]
    assert scheme_raking.weights_of(keys, by_month) == pytest.approx([1.5, 0.5])
    assert scheme_raking.weights_of([((places[1].id, 0), 0, APRIL)], by_month) == [1]
    assert scheme_raking.months_contradicted() == 0


def test_counts_that_were_read_already_give_the_same_weights_without_a_statement(points, monkeypatch):
    version, places = points
    first, second = places
    read = raking(places, 2000, 1000).weights(Selection([version], SPRING), whole)
    counting = raking(places, 2000, 1000)
    counting.take_counts(
        Selection([version], SPRING), whole, [(((first.id, 0), 0, None), 5), (((second.id, 0), 0, None), 10)]
    )
    monkeypatch.setattr(tallies, "respondent_numbers", None)  # a further statement would fail
    counted = counting.weights(Selection([version], SPRING), whole)
    assert counted[None].weights.by_stratum == read[None].weights.by_stratum


def test_a_selection_without_versions_has_no_weights(app):
    assert raking([]).weights(Selection([], SPRING), whole) == {}

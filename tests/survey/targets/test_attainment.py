from datetime import date

import pytest

from survey.periods import Period
from survey.targets.attainment import mean_targets, review
from survey.targets.setting import set_targets
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, release_all, some

MAR, APR, MAY = (date(2026, month, 1) for month in (3, 4, 5))
SPRING = Period(date(2026, 3, 10), date(2026, 5, 20))


@pytest.fixture
def company(app):
    top, [region], points = factories.company(1, 2)
    return top, region, points, factories.version()


def test_months_are_compared_with_inherited_targets(company):
    top, region, (point, _), version = company
    for month, answers in ((MAR, some(30)), (APR, [ALIKE] * 10)):
        give(point, version, *answers, day=month)
    release_all()
    set_targets(top, None, "index", MAR, APR, 80)
    set_targets(region, version.questionnaire, "index", APR, APR, 60)
    attained = review([version], SPRING, point)
    assert [row.start for row in attained.months] == [MAR, APR, MAY]
    march, april, may = attained.months
    assert (march.target, march.origin.place_id) == (80, top.id)
    assert march.attainment == pytest.approx(march.actual.value / 80)
    assert 0 < march.below <= 1
    assert (april.target, april.origin.place_id) == (60, region.id)
    assert april.attainment == pytest.approx(75 / 60)
    assert 0 < april.below < 0.05  # ten equal answers do not make 75 certain
    assert (may.target, may.origin, may.attainment, may.actual.value) == (None, None, None, None)
    assert attained.whole.target == 70
    assert attained.whole.actual.n == march.actual.n + april.actual.n


def test_a_month_with_too_few_answers_has_no_attainment(company):
    _top, _region, (point, _), version = company
    give(point, version, *[{"overall": 5}] * 5, {"nps": 9})
    release_all()
    set_targets(point, None, "nps", date(2026, 11, 1), date(2026, 11, 1), 10)
    [month] = review([version], Period(date(2026, 11, 1), date(2026, 11, 30)), point, "nps").months
    assert (month.target, month.attainment, month.below) == (10, None, None)


def test_a_review_without_targets_or_versions_has_no_attainment(company):
    _top, _region, (point, _), version = company
    attained = review([version], SPRING, point)
    assert (attained.whole.target, attained.whole.attainment, attained.whole.below) == (None, None, None)
    assert len(review([], SPRING, point).months) == 3


def test_the_targets_of_many_places_are_means_over_the_months(company):
    top, _region, (point, other), version = company
    set_targets(top, None, "nps", MAR, APR, 40)
    set_targets(point, version.questionnaire, "nps", APR, MAY, 50)
    targets = mean_targets([point.id, other.id], version.questionnaire_id, "nps", SPRING)
    assert targets == {point.id: pytest.approx((40 + 50 + 50) / 3), other.id: 40}
    assert mean_targets([point.id], version.questionnaire_id, "index", SPRING) == {}

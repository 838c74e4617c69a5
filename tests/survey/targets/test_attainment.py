from datetime import date

import pytest

from survey.periods import Period
from survey.tallies import folding
from survey.targets.attainment import goals, review
from survey.targets.setting import aim
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, some

MAR, APR, MAY = (date(2026, month, 1) for month in (3, 4, 5))
SPRING = Period(date(2026, 3, 10), date(2026, 5, 20))


@pytest.fixture
def company(app):
    top, [region], points = factories.company(1, 2)
    return top, region, points, factories.version()


def test_months_are_held_against_inherited_targets(company):
    top, region, (point, _), version = company
    for month, answers in ((MAR, some(30)), (APR, [ALIKE] * 10)):
        give(point, version, *answers, day=month)
    folding.fold_all()
    aim(top, None, "index", MAR, APR, 80)
    aim(region, version.questionnaire, "index", APR, APR, 60)
    found = review([version], SPRING, point)
    assert [one.start for one in found.months] == [MAR, APR, MAY]
    march, april, may = found.months
    assert (march.target, march.goal.place_id) == (80, top.id)
    assert march.attainment == pytest.approx(march.actual.value / 80)
    assert 0 < march.below <= 1
    assert (april.target, april.goal.place_id) == (60, region.id)
    assert april.attainment == pytest.approx(75 / 60)
    assert april.below == 0
    assert (may.target, may.goal, may.attainment, may.actual.value) == (None, None, None, None)
    assert found.whole.target == 70
    assert found.whole.actual.n == march.actual.n + april.actual.n


def test_too_few_answers_attain_nothing(company):
    _top, _region, (point, _), version = company
    give(point, version, *[{"overall": 5}] * 5, {"nps": 9})
    folding.fold_all()
    aim(point, None, "nps", date(2026, 11, 1), date(2026, 11, 1), 10)
    [month] = review([version], Period(date(2026, 11, 1), date(2026, 11, 30)), point, "nps").months
    assert (month.target, month.attainment, month.below) == (10, None, None)


def test_without_targets_or_versions_there_is_no_attainment(company):
    _top, _region, (point, _), version = company
    found = review([version], SPRING, point)
    assert (found.whole.target, found.whole.attainment, found.whole.below) == (None, None, None)
    assert len(review([], SPRING, point).months) == 3


def test_the_targets_of_many_places_are_means_over_the_months(company):
    top, _region, (point, other), version = company
    aim(top, None, "nps", MAR, APR, 40)
    aim(point, version.questionnaire, "nps", APR, MAY, 50)
    found = goals([point.id, other.id], version.questionnaire_id, "nps", SPRING)
    assert found == {point.id: pytest.approx((40 + 50 + 50) / 3), other.id: 40}
    assert goals([point.id], version.questionnaire_id, "index", SPRING) == {}

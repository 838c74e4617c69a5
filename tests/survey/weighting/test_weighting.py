from datetime import date

import pytest

from survey.indexes.comparison import compare
from survey.indexes.drivers import explain
from survey.indexes.overview import glance
from survey.indexes.peers import compare_with_siblings
from survey.indexes.ranking import rank
from survey.indexes.rules.groups import RespondentGroup
from survey.indexes.trend import follow
from survey.periods import Period
from survey.tallies.queries import subjects
from survey.tallies.reading import pool_of
from survey.tallies.rules.parts import UNFLAGGED, Common
from survey.tallies.selection import Selection
from survey.weighting.figure_query import FigureQuery
from survey.weighting.population_totals import Scheme
from survey.weighting.representativeness import representativeness
from survey.weighting.weighting import Weighing
from tests import factories
from tests.survey.tallies.answers import give, release_all

MARCH, APRIL = date(2026, 3, 2), date(2026, 4, 1)
SPRING = Period(date(2026, 3, 1), date(2026, 4, 30))
RATINGS = ("quality", "effectiveness", "innovation", "value", "overall")
GOOD, BAD = (dict.fromkeys(RATINGS, n) | {"nps": nps} for n, nps in ((5, 9), (1, 2)))


@pytest.fixture
def company(app):
    """Return a company with a good point of 30 answers and a bad point of 10 in its first region, and a good
    point of 10 in the second."""
    top, regions, points = factories.company(2, 2)
    version = factories.version()
    give(points[0], version, *[GOOD] * 30, day=MARCH)
    give(points[1], version, *[BAD] * 10, day=MARCH)
    give(points[2], version, *[GOOD] * 10, day=APRIL)
    release_all()
    return version, top, regions, points


def by_points(*totals):
    """Return a weighing by the given totals, (point, customers) each."""
    return Weighing(Scheme(MARCH, {"place": {str(point.id): number for point, number in totals}}))


def test_points_count_in_proportion_to_their_customers(company):
    version, top, (region, _), points = company
    evenly = by_points((points[0], 500), (points[1], 500), (points[2], 1000))
    overview = glance(FigureQuery([version], SPRING, weighing=evenly), (top.id, 0))
    assert overview.now.index.value == pytest.approx(75)
    assert overview.answered.index.value == pytest.approx(80)
    assert (overview.now.n, overview.answered.n) == (50, 50)
    assert overview.now.promoters.estimate.value == pytest.approx(50)
    assert overview.now.satisfied.percent == pytest.approx(75)
    inside = glance(FigureQuery([version], SPRING, weighing=evenly), (region.id, 0))
    assert inside.now.index.value == pytest.approx(50)
    assert inside.answered.index.value == pytest.approx(75)
    weights = representativeness(FigureQuery([version], SPRING, weighing=evenly), (top.id, 0))
    # Weights 12.5/30, 12.5/10 and 25/10.
    squares = 30 * (12.5 / 30) ** 2 + 10 * 1.25**2 + 10 * 2.5**2
    assert weights.effective_n == pytest.approx(50**2 / squares)
    assert weights.design_effect == pytest.approx(50 / weights.effective_n)
    low, high = overview.now.index.interval()
    plain = overview.answered.index.interval()
    assert high - low > plain[1] - plain[0]


def test_respondents_of_the_same_point_have_equal_weights(company):
    version, _top, _regions, points = company
    weighing = by_points((points[0], 10), (points[1], 9000))
    overview = glance(FigureQuery([version], SPRING, weighing=weighing), (points[0].id, 0))
    assert overview.now.index == overview.answered.index
    assert representativeness(
        FigureQuery([version], SPRING, weighing=weighing), (points[0].id, 0)
    ).design_effect == pytest.approx(1)


def test_a_point_without_total_keeps_its_share_and_a_total_without_answers_is_reported(company):
    version, top, _regions, points = company
    weighing = by_points((points[0], 500), (points[1], 500), (points[3], 700))
    overview = glance(FigureQuery([version], SPRING, weighing=weighing), (top.id, 0))
    assert overview.now.index.value == pytest.approx(0.2 * 100 + 0.4 * 100)
    weights = representativeness(FigureQuery([version], SPRING, weighing=weighing), (top.id, 0))
    assert weights.margins["place"].missing == {str(points[3].id): 700}
    assert (weights.unanswered, weights.without_total, weights.trimmed, weights.contradicted) == (
        1,
        pytest.approx(0.2),
        0,
        False,
    )


def test_channels_and_languages_are_weighted_by_parts(company):
    version, top, _regions, points = company
    give(points[0], version, *[BAD] * 10, day=APRIL, channel="sms")
    release_all()
    totals = {"channel": {"qr": 300, "sms": 100}}
    overview = glance(FigureQuery([version], SPRING, weighing=Weighing(Scheme(MARCH, totals))), (top.id, 0))
    assert overview.now.index.value == pytest.approx(0.75 * 80)
    both = totals | {"place": {str(point.id): 100 for point in points[:3]}}
    weighing = Weighing(Scheme(MARCH, both))
    raked = weighing.raked_weights(Selection([version], SPRING)).weights
    assert set(raked.by_stratum) == {
        (str(points[0].id), "qr"),
        (str(points[0].id), "sms"),
        (str(points[1].id), "qr"),
        (str(points[2].id), "qr"),
    }
    assert raked.by_stratum[str(points[0].id), "sms"] * 10 / 60 == pytest.approx(0.25, abs=1e-6)
    by_sms = glance(FigureQuery([version], SPRING, Common("sms", ""), weighing), (top.id, 0))
    assert by_sms.now.n == 10
    assert by_sms.now.index.value == pytest.approx(0)


def test_totals_that_contradict_the_answers_leave_figures_unweighted(company):
    version, top, _regions, points = company
    give(points[0], version, *[BAD] * 10, day=APRIL, channel="sms")
    release_all()
    totals = {"place": {str(points[0].id): 1, str(points[1].id): 99}, "channel": {"qr": 1, "sms": 99}}
    weighing = Weighing(Scheme(MARCH, totals))
    overview = glance(FigureQuery([version], SPRING, weighing=weighing), (top.id, 0))
    weights = representativeness(FigureQuery([version], SPRING, weighing=weighing), (top.id, 0))
    assert weights.contradicted
    assert weights.months == 0
    follow(FigureQuery([version], SPRING, weighing=weighing), (top.id, 0))
    assert representativeness(FigureQuery([version], SPRING, weighing=weighing), (top.id, 0)).months == 1
    assert overview.now.index.value == pytest.approx(overview.answered.index.value)


def test_every_page_can_be_weighted(company):
    version, top, (region, other), points = company
    weighing = by_points((points[0], 500), (points[1], 500), (points[2], 1000))
    regions_compared = [subjects.of_place(place) for place in (region, other)]
    ranking = rank(FigureQuery([version], SPRING, weighing=weighing), regions_compared)
    assert {line.subject.code: (line.n, line.standing.estimate.value) for line in ranking.ranked} == {
        region.code: (40, pytest.approx(50)),
        other.code: (10, pytest.approx(100)),
    }
    comparison = compare(
        [version], RespondentGroup(region.id, SPRING), RespondentGroup(top.id, SPRING), weighing
    )
    assert comparison.rest == "reference"
    assert comparison.reference.index.value == pytest.approx(100)
    march = RespondentGroup(region.id, Period(date(2026, 3, 1), date(2026, 3, 31)))
    assert compare([version], march, RespondentGroup(region.id, SPRING), weighing).rest == "shared"
    trend = follow(FigureQuery([version], SPRING, weighing=weighing), (top.id, 0))
    assert trend.numbers[-2:] == [40, 10]
    assert trend.index.values[-2:] == [pytest.approx(50), pytest.approx(100)]
    assert explain(FigureQuery([version], SPRING, weighing=weighing), (top.id, 0)).outcome == "overall"
    aside = compare_with_siblings(
        FigureQuery([version], SPRING, weighing=weighing), (region.id, 0), (top.id, 0), regions_compared
    )
    assert aside.index.value == pytest.approx(-50)


def test_an_employee_has_the_weights_of_their_point(company):
    version, _top, _regions, points = company
    wang = factories.employee(points[1])
    give(points[1], version, *[GOOD] * 5, day=APRIL, served_by=wang)
    release_all()
    weighing = by_points((points[0], 500), (points[1], 500))
    overview = glance(FigureQuery([version], SPRING, weighing=weighing), (points[1].id, wang.id))
    assert (overview.now.n, overview.now.index.value) == (5, pytest.approx(100))


def test_excluded_flagged_answers_have_no_weight(company):
    version, top, _regions, points = company
    give(points[1], version, *[GOOD | {"nps": 10}] * 90, day=APRIL)
    release_all()
    weighing = by_points((points[0], 500), (points[1], 500))
    overview = glance(FigureQuery([version], SPRING, Common("", "", UNFLAGGED), weighing), (top.id, 0))
    assert overview.now.n == 50
    assert overview.now.index.value == pytest.approx(0.2 * 100 + 0.4 * 100)


def test_figures_without_answers_have_no_weights(app):
    version, point = factories.version(), factories.place()
    weighing = by_points((point, 5))
    assert glance(FigureQuery([version], SPRING, weighing=weighing), (point.id, 0)).now.n == 0
    assert weighing.sums(pool_of([version]), Selection([version], SPRING), []) == []
    weights = representativeness(FigureQuery([version], SPRING, weighing=weighing), (point.id, 0))
    assert (weights.n, weights.design_effect, weights.margins) == (0, None, {})

from datetime import date

import pytest
from sqlalchemy import event

from survey.db import db
from survey.indexes.reading import released_counts
from survey.periods import Period
from survey.reports.monthly import make
from survey.tallies.queries import subjects
from survey.tallies.selection import Selection
from tests import factories
from tests.survey.answering.documents import item, publish
from tests.survey.reports.conftest import OCTOBER, answered, know_customers
from tests.survey.tallies.answers import give


@pytest.fixture
def anywhere(app):
    """The same company on either database."""
    top, regions, points = factories.company(2, 3)
    version = factories.version()
    answered(points, version)
    return top, regions, points, version


def test_its_figures_are_those_of_the_pages(anywhere):
    top, _regions, points, version = anywhere
    made = make(top, version.questionnaire, OCTOBER, "en")
    about = subjects.of_place(top).key
    october = Selection([version], Period(OCTOBER, date(2026, 10, 31)))
    [shown] = released_counts(october, [about]).figures([about])
    now = made.glance.now
    assert (now.n, now.index.value) == (shown.n, shown.index)
    assert {name: one.value for name, one in now.dimensions.items()} == {
        name: one.score for name, one in shown.dimensions.items()
    }
    scored = {one.code: (one.n, one.mean, one.score.value) for one in now.questions}
    assert scored == {
        code: (one.n, one.mean, one.score) for code, one in shown.questions.items() if code in scored
    }
    assert now.promoters.estimate.value == shown.nps.score
    assert made.glance.now.n == 25 + 26 + 27 + 28 + 29
    assert made.glance.earlier.n == 20 + 21 + 22 + 23 + 24
    assert made.trend.numbers[-2:] == [110, 135]
    assert len(made.trend.months) == 13
    assert {one.subject.code for one in made.points.ranked} == {point.code for point in points[:-1]}


def test_each_region_has_its_service_points_and_those_with_too_few(anywhere):
    top, regions, points, version = anywhere
    made = make(top, version.questionnaire, OCTOBER, "en")
    assert [section.about.code for section in made.sections] == [region.code for region in regions]
    first, second = made.sections
    assert {one.subject.code for one in first.ranked} == {point.code for point in points[:3]}
    assert [one.code for one in second.few] == [points[-1].code]
    assert second.glance.now.n == 28 + 29
    assert {one.subject.code for one in made.regions.ranked} == {region.code for region in regions}


def test_a_region_compares_its_points_and_has_no_sections(tree, report):
    _top, regions, points, _version = tree
    made = report(regions[0])
    assert made.sections == []
    assert made.regions is None
    assert {one.subject.code for one in made.points.ranked} == {point.code for point in points[:3]}


def test_a_service_point_stands_alone(tree, report):
    made = report(tree[2][0])
    assert (made.points, made.regions, made.sections) == (None, None, [])
    assert made.glance.now.n == 25


def test_points_outside_the_regions_have_a_section_of_their_own(tree, report):
    top, _regions, _points, version = tree
    alone = factories.place("point", top)
    give(alone, version, *[{"overall": 4, "quality": 4}] * 5, day=date(2026, 10, 7))
    answered([alone], version)
    last = report(top).sections[-1]
    assert last.about is None
    assert [one.subject.code for one in last.ranked] + [one.code for one in last.few] == [alone.code]


def test_nothing_is_known_of_a_month_without_answers(tree, report):
    made = report(tree[0], date(2025, 3, 1))
    assert made.glance.now.n == 0
    assert made.points.ranked == []


def test_withheld_questions_are_in_no_report(embedded_app):
    point = factories.place()
    asked = publish(item("q"), item("coach", withheld=True))
    give(point, asked, *[{"q": 4, "coach": 1}] * 6, day=date(2026, 10, 7))
    made = make(point, asked.questionnaire, OCTOBER, "en")
    assert [one.code for one in made.glance.now.questions] == ["q"]


def test_words_are_in_the_language_of_the_report(tree, report):
    assert report(tree[0]).asked("quality") == "Service quality"
    assert report(tree[0], language="zh").dimension("quality") == "质量"
    assert report(tree[0]).dimension("nobody knows") == "nobody knows"


def test_it_takes_few_statements_however_many_the_points(tree, report):
    told = []

    def count(*_arguments):
        told.append(1)

    top, regions, _points, version = tree
    report(top)
    event.listen(db.engine, "before_cursor_execute", count)
    try:
        report(top)
        few, told[:] = len(told), []
        answered([factories.place("point", regions[0]) for _ in range(10)], version)
        told.clear()
        report(top)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert len(told) <= few


def test_progress_counts_the_service_points(tree):
    top, _regions, points, version = tree
    for place, number in ((top, 6), (points[0], 1)):
        told = []
        make(place, version.questionnaire, OCTOBER, "en", told.append)
        assert sum(told) == number


def test_a_weighted_report_counts_by_customers_and_numbers_are_those_of_answers(tree, report):
    top, _regions, points, _version = tree
    assert report(top, weighted=True).weights is None
    know_customers(points)
    plain, made = report(top), report(top, weighted=True)
    assert made.is_weighted
    assert (plain.weights, plain.is_weighted) == (None, False)
    assert made.glance.now.n == plain.glance.now.n == made.weights.n
    assert made.weights.design_effect > 2
    assert made.glance.now.index.value != pytest.approx(plain.glance.now.index.value)
    assert made.glance.answered.index == plain.glance.now.index
    assert made.given("overall") == plain.given("overall") > 100

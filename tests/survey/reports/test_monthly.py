from datetime import date

import pytest
from sqlalchemy import event

from survey.db import db
from survey.indexes.reading import released_counts
from survey.periods import Period
from survey.reports.monthly import make_report
from survey.tallies.queries import subjects
from survey.tallies.selection import Selection
from tests import factories
from tests.survey.answering.documents import item, publish
from tests.survey.reports.conftest import OCTOBER, answer_at, save_customer_totals
from tests.survey.tallies.answers import give


@pytest.fixture
def anywhere(app):
    """Return the same company as ``tree``, but on each of the databases."""
    top, regions, points = factories.company(2, 3)
    version = factories.version()
    answer_at(points, version)
    return top, regions, points, version


def test_the_figures_of_a_report_are_those_of_the_pages(anywhere):
    top, _regions, points, version = anywhere
    monthly = make_report(top, version.questionnaire, OCTOBER, "en")
    about = subjects.of_place(top).key
    october = Selection([version], Period(OCTOBER, date(2026, 10, 31)))
    [figures] = released_counts(october, [about]).figures([about])
    now = monthly.glance.now
    assert (now.n, now.index.value) == (figures.n, figures.index)
    assert {name: estimate.value for name, estimate in now.dimensions.items()} == {
        name: dimension.score for name, dimension in figures.dimensions.items()
    }
    scored = {question.code: (question.n, question.mean, question.score.value) for question in now.questions}
    assert scored == {
        code: (question.n, question.mean, question.score)
        for code, question in figures.questions.items()
        if code in scored
    }
    assert now.promoters.estimate.value == figures.nps.score
    assert monthly.glance.now.n == 25 + 26 + 27 + 28 + 29
    assert monthly.glance.earlier.n == 20 + 21 + 22 + 23 + 24
    assert monthly.trend.numbers[-2:] == [110, 135]
    assert len(monthly.trend.months) == 13
    assert {ranked.subject.code for ranked in monthly.points.ranked} == {point.code for point in points[:-1]}


def test_each_region_has_its_ranked_service_points_and_those_with_too_few_responses(anywhere):
    top, regions, points, version = anywhere
    monthly = make_report(top, version.questionnaire, OCTOBER, "en")
    assert [section.about.code for section in monthly.sections] == [region.code for region in regions]
    first, second = monthly.sections
    assert {ranked.subject.code for ranked in first.ranked} == {point.code for point in points[:3]}
    assert [subject.code for subject in second.few] == [points[-1].code]
    assert second.glance.now.n == 28 + 29
    assert {ranked.subject.code for ranked in monthly.regions.ranked} == {region.code for region in regions}


def test_a_region_compares_its_points_and_has_no_sections(tree, report):
    _top, regions, points, _version = tree
    monthly = report(regions[0])
    assert monthly.sections == []
    assert monthly.regions is None
    assert {ranked.subject.code for ranked in monthly.points.ranked} == {point.code for point in points[:3]}


def test_the_report_of_a_service_point_has_no_comparison(tree, report):
    monthly = report(tree[2][0])
    assert (monthly.points, monthly.regions, monthly.sections) == (None, None, [])
    assert monthly.glance.now.n == 25


def test_points_outside_the_regions_have_a_section_of_their_own(tree, report):
    top, _regions, _points, version = tree
    alone = factories.place("point", top)
    give(alone, version, *[{"overall": 4, "quality": 4}] * 5, day=date(2026, 10, 7))
    answer_at([alone], version)
    last = report(top).sections[-1]
    assert last.about is None
    assert [subject.subject.code for subject in last.ranked] + [subject.code for subject in last.few] == [
        alone.code
    ]


def test_a_month_without_responses_has_an_empty_report(tree, report):
    monthly = report(tree[0], date(2025, 3, 1))
    assert monthly.glance.now.n == 0
    assert monthly.points.ranked == []


def test_a_report_does_not_contain_withheld_questions(embedded_app):
    point = factories.place()
    version = publish(item("q"), item("coach", withheld=True))
    give(point, version, *[{"q": 4, "coach": 1}] * 6, day=date(2026, 10, 7))
    monthly = make_report(point, version.questionnaire, OCTOBER, "en")
    assert [question.code for question in monthly.glance.now.questions] == ["q"]


def test_texts_are_in_the_language_of_the_report(tree, report):
    assert report(tree[0]).question_text("quality") == "Service quality"
    assert report(tree[0], language="zh").dimension_name("quality") == "质量"
    assert report(tree[0]).dimension_name("nobody knows") == "nobody knows"


def test_the_number_of_statements_does_not_grow_with_the_points(tree, report):
    statements = []

    def count(*_arguments):
        statements.append(1)

    top, regions, _points, version = tree
    report(top)
    event.listen(db.engine, "before_cursor_execute", count)
    try:
        report(top)
        few, statements[:] = len(statements), []
        answer_at([factories.place("point", regions[0]) for _ in range(10)], version)
        statements.clear()
        report(top)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert len(statements) <= few


def test_progress_counts_the_service_points(tree):
    top, _regions, points, version = tree
    for place, number in ((top, 6), (points[0], 1)):
        numbers = []
        make_report(place, version.questionnaire, OCTOBER, "en", numbers.append)
        assert sum(numbers) == number


def test_a_weighted_report_has_weighted_figures_and_unweighted_counts(tree, report):
    top, _regions, points, _version = tree
    assert report(top, weighted=True).weights is None
    save_customer_totals(points)
    unweighted, weighted = report(top), report(top, weighted=True)
    assert weighted.is_weighted
    assert (unweighted.weights, unweighted.is_weighted) == (None, False)
    assert weighted.glance.now.n == unweighted.glance.now.n == weighted.weights.n
    assert weighted.weights.design_effect > 2
    assert weighted.glance.now.index.value != pytest.approx(unweighted.glance.now.index.value)
    assert weighted.glance.answered.index == unweighted.glance.now.index
    assert weighted.answer_count("overall") == unweighted.answer_count("overall") > 100

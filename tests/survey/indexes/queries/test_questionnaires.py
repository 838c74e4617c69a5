from __future__ import annotations

from flask import Flask

from survey.indexes.queries.questionnaires import respondents_by_questionnaire
from tests import factories
from tests.survey.tallies.answers import ALIKE, days, give, release_all


def test_respondents_of_all_versions_and_companies_count_once(app: Flask):
    asked, asked_again, other = factories.version(), factories.version(), factories.version("other")
    points = [factories.company(1, 1)[2][0], factories.place()]
    employee = factories.employee(points[0])
    for day in days(2):
        give(points[0], asked, served_by=employee, day=day)
    give(points[1], asked_again)
    give(points[1], other, *[ALIKE] * 4)
    release_all()
    assert respondents_by_questionnaire() == {asked.questionnaire_id: 15}

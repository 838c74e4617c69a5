import pytest

from survey.db import db
from survey.links import issue, queries
from survey.places.models import Employee, Place
from survey.questionnaires.models import Questionnaire
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once


def test_a_service_point_gets_a_link_of_its_own(app):
    place, version = factories.place(), factories.version()
    link = issue.issue_link(place, version.questionnaire)
    stored = queries.link(link.code)
    assert (stored.place_id, stored.employee_id) == (place.id, None)
    assert stored.in_use


def test_an_employee_gets_a_link_of_their_own(app):
    place, version = factories.place(), factories.version()
    served_by = factories.employee(place)
    own = issue.issue_link(place, version.questionnaire)
    employee_link = issue.issue_link(place, version.questionnaire, served_by)
    assert [link.code for link in queries.links_in_use(place)] == [own.code, employee_link.code]


def test_a_second_link_for_the_same_service_point_is_rejected(app):
    place, version = factories.place(), factories.version()
    served_by = factories.employee(place)
    for person in (None, served_by):
        first = issue.issue_link(place, version.questionnaire, person)
        with pytest.raises(issue.AlreadyIssued) as refusal:
            issue.issue_link(place, version.questionnaire, person)
        assert refusal.value.link.code == first.code


def test_another_questionnaire_has_its_own_link(app):
    place = factories.place()
    for slug in ("one", "two"):
        issue.issue_link(place, factories.version(slug).questionnaire)
    assert len(queries.links_in_use(place)) == 2


def test_regions_get_no_link(app):
    with pytest.raises(issue.LinkRefused, match="not a service point"):
        issue.issue_link(factories.place("region"), factories.version().questionnaire)


def test_an_employee_of_another_service_point_gets_no_link(app):
    elsewhere = factories.employee(factories.place())
    with pytest.raises(issue.LinkRefused, match="serves elsewhere"):
        issue.issue_link(factories.place(), factories.version().questionnaire, elsewhere)


@pytest.mark.parametrize("who", ["place", "employee"])
def test_retired_service_points_and_employees_get_no_link(app, who):
    place = factories.place()
    served_by = factories.employee(place)
    db.session.get_one(
        *((Place, place.id) if who == "place" else (Employee, served_by.id))
    ).retired_on = TODAY
    db.session.commit()
    with pytest.raises(issue.LinkRefused, match="retired"):
        issue.issue_link(place, factories.version().questionnaire, served_by)


def test_a_code_in_use_is_replaced_by_another(app, monkeypatch):
    taken = factories.link()
    codes = iter([taken.code, taken.code, "fresh234"])
    monkeypatch.setattr(issue, "new_code", lambda: next(codes))
    assert issue.issue_link(factories.place(), taken.questionnaire).code == "fresh234"


def test_missing_links_of_a_region_are_created_once(app):
    top, (east, _west), points = factories.company(regions=2, points=3)
    questionnaire = factories.version().questionnaire
    issue.issue_link(points[0], questionnaire)
    db.session.get_one(Place, points[1].id).retired_on = TODAY
    db.session.commit()
    assert issue.issue_missing(east, questionnaire) == 1
    assert issue.issue_missing(east, questionnaire) == 0
    assert issue.issue_missing(top, questionnaire) == 3


def make_missing(place_id: int, questionnaire_id: int) -> int:
    top = db.session.get_one(Place, place_id)
    return issue.issue_missing(top, db.session.get_one(Questionnaire, questionnaire_id))


def make_one(place_id: int, questionnaire_id: int) -> str:
    place = db.session.get_one(Place, place_id)
    try:
        return issue.issue_link(place, db.session.get_one(Questionnaire, questionnaire_id)).code
    except issue.AlreadyIssued as issued:
        return f"already {issued.link.code}"


def test_concurrent_requests_create_missing_links_once(app):
    top, _, points = factories.company(regions=2, points=10)
    questionnaire = factories.version().questionnaire
    made = at_once(app.config["SETTINGS"], make_missing, [(top.id, questionnaire.id)] * 3)
    assert sum(made) == len(points)
    assert queries.count_links([top]) == len(points)


def test_concurrent_requests_for_the_same_link_get_the_same(app):
    place, questionnaire = factories.place(), factories.version().questionnaire
    made = at_once(app.config["SETTINGS"], make_one, [(place.id, questionnaire.id)] * 3)
    (link,) = queries.links_in_use(place)
    assert sorted(made) == sorted([link.code] + [f"already {link.code}"] * 2)

import pytest

from survey.db import db
from survey.links import queries, upkeep
from survey.places.models import Employee, Place
from tests import factories
from tests.factories import TODAY


def test_an_unknown_code_has_no_link(app):
    assert queries.link("nothing2") is None


def test_links_are_found_by_place_and_by_search(app):
    version = factories.version()
    _, (east, west), points = factories.company(regions=2, points=2)
    made = [factories.link(point, of=version) for point in points]
    person = factories.employee(points[3], name="张 Wei_1%")
    employee_link = factories.link(points[3], person, of=version)
    assert queries.count_links() == 5
    assert queries.count_links([west]) == 3
    assert queries.count_links([east, west]) == 0
    assert [link.code for link in queries.links(search="wei_1%")] == [employee_link.code]
    assert queries.count_links(search="_i_") == 0
    assert [link.code for link in queries.links(search=made[0].code.upper())] == [made[0].code]
    assert queries.count_links(search=points[1].code.lower()) == 1


def test_links_are_returned_in_pages(app):
    version = factories.version()
    codes = [factories.link(factories.place(code=f"P{n:03}"), of=version).code for n in range(5)]
    page = queries.links(skip=2, most=2)
    assert ([link.code for link in page], queries.count_links()) == (codes[2:4], 5)


@pytest.mark.parametrize("what", ["link", "place", "employee"])
def test_links_of_retired_records_are_not_in_use(app, what):
    place = factories.place()
    person = factories.employee(place)
    link = factories.link(place, person)
    assert queries.links_in_use(place) == [link]
    if what == "link":
        upkeep.retire(link, TODAY)
    else:
        record = (Place, place.id) if what == "place" else (Employee, person.id)
        db.session.get_one(*record).retired_on = TODAY
        db.session.commit()
    assert queries.links_in_use(place) == []
    assert not queries.link(link.code).in_use


def test_links_are_counted_by_questionnaire(app):
    link, two = factories.version("one"), factories.version("two")
    top, (east, _), points = factories.company()
    for point in points:
        factories.link(point, of=link)
    factories.link(points[0], of=two)
    assert queries.counts_by_questionnaire() == {link.questionnaire_id: 4, two.questionnaire_id: 1}
    assert queries.counts_by_questionnaire(top) == queries.counts_by_questionnaire()
    assert queries.counts_by_questionnaire(east) == {link.questionnaire_id: 2, two.questionnaire_id: 1}

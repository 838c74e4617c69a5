from datetime import date

import pytest

from survey import tabular
from survey.db import db
from survey.places.models import Place
from survey.weighting import importing, queries
from survey.weighting.population_totals import scheme_in_force
from tests import factories
from tests.survey.tallies.answers import give, release_all

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


@pytest.fixture
def points(app):
    _top, _regions, points = factories.company(1, 2)
    version = factories.version()
    give(points[0], version, channel="sms")
    give(points[0], version)
    release_all()
    return points


def stored(month):
    return {
        (total.attribute, total.place_id, total.value): total.customers for total in queries.of_month(month)
    }


def test_a_good_file_has_the_totals_in_force_from_its_month(points):
    text = f"place,channel,customers\n{points[0].code},,500\n{points[1].code},,0\n,qr,300\n,sms,200\n"
    assert importing.import_totals(text, MARCH).written == 4
    ids = [point.id for point in points]
    assert stored(MARCH) == {
        ("place", ids[0], ""): 500,
        ("place", ids[1], ""): 0,
        ("channel", 0, "qr"): 300,
        ("channel", 0, "sms"): 200,
    }
    assert importing.import_totals(f'编码,顾客数\n{points[0].code},"1,500"\n', MAY).written == 1
    assert queries.months() == [MAY, MARCH]
    assert scheme_in_force(date(2026, 4, 30)).month == MARCH
    assert scheme_in_force(date(2026, 1, 1)).month == MARCH
    assert scheme_in_force(date(2027, 1, 1)).totals == {"place": {str(ids[0]): 1500}}
    assert importing.import_totals(f"place,customers\n{points[1].code},7\n", MARCH).written == 1
    assert stored(MARCH) == {("place", ids[1], ""): 7}
    assert importing.remove_totals(MARCH) == 1
    assert scheme_in_force(date(2026, 4, 30)).month == MAY


def test_good_rows_of_a_file_with_bad_rows_are_written_on_request(points):
    text = f"place,channel,customers\n{points[0].code},,500\nNOWHERE,,5\n,pigeon,5\n"
    outcome = importing.import_totals(text, MARCH)
    assert (outcome.written, outcome.checked.good, outcome.checked.bad) == (0, 1, 2)
    assert stored(MARCH) == {}
    assert importing.import_totals(text, MARCH, good_rows=True).written == 1
    assert len(stored(MARCH)) == 1


def test_a_region_is_rejected_as_a_service_point(points):
    region = db.session.get(Place, points[0].parent_id)
    checked = importing.check_file(f"place,customers\n{region.code},5\n")
    assert [problem.column for problem in checked.problems] == ["place"]


def test_no_totals_are_in_force_before_an_import(app):
    assert scheme_in_force(MARCH) is None


def test_the_template_can_be_read(points):
    checked = importing.check_file(tabular.write(importing.TEMPLATE))
    assert {problem.column for problem in checked.problems} == {"place"}
    assert [row.value for row in checked.rows] == ["qr", "sms"]

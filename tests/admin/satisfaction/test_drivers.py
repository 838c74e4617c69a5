from datetime import date

import pytest
import time_machine

from admin.satisfaction.drivers import matrix
from survey.indexes.drivers import Driver, Drivers
from tests import factories
from tests.survey.tallies.answers import give, release_all, some


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def point(embedded_app):
    _top, _, (point, _) = factories.company(1, 2)
    wang = factories.employee(point, code="W")
    version = factories.version()
    give(point, version, *some(200), day=date(2026, 11, 2))
    give(
        point,
        version,
        *some(60, seed=2),
        day=date(2026, 11, 2),
        served_by=wang,
    )
    release_all()
    return point


def get(client, path, **arguments):
    response = client.get(f"/admin/indexes/{path}", query_string={"lang": "en"} | arguments)
    return response.status_code, response.get_data(as_text=True)


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("auditor", 200), ("marketing", 403)])
def test_only_roles_that_read_figures_see_drivers(embedded_client, sign_in, point, role, status):
    sign_in(embedded_client, factories.staff(role))
    for path in (f"drivers/{point.code}", "employees/W/drivers"):
        assert get(embedded_client, path)[0] == status


def test_questions_are_listed_by_their_importance(embedded_client, sign_in, point):
    sign_in(embedded_client, factories.staff("manager", point))
    _, text = get(embedded_client, f"drivers/{point.code}")
    assert "Overall satisfaction: these questions explain" in text
    assert text.count('class="inside"') == 4
    _, text = get(embedded_client, f"drivers/{point.code}", outcome="nps")
    assert "recommend us to a friend or colleague?: these questions explain" in text


def test_few_answers_explain_nothing(embedded_client, sign_in, point):
    sign_in(embedded_client, factories.staff())
    empty = factories.place("point", point.parent)
    _, text = get(embedded_client, f"drivers/{empty.code}")
    assert "At least 30 customers must have answered these questions; so far 0 have." in text


def test_unknown_outcomes_and_units_out_of_scope_are_not_found(embedded_client, sign_in, point):
    sign_in(embedded_client, factories.staff("manager", point))
    assert get(embedded_client, f"drivers/{point.code}", outcome="value")[0] == 404
    assert get(embedded_client, f"drivers/{point.parent.code}")[0] == 404
    assert get(embedded_client, "drivers/nowhere")[0] == 404
    assert get(embedded_client, f"drivers/{point.code}", period="never")[0] == 422


def test_the_matrix_is_within_its_drawing():
    def driver(code, share, score):
        return Driver(code, 100, score, 0.5, share, None, share, "advantage")

    drawing = matrix(
        Drivers("overall", [], 100, 30, [driver("a", 0.75, 61), driver("b", 0.25, 79)], 0.5, False, {})
    )
    assert [(mark.number, mark.driver.code) for mark in drawing.marks] == [(1, "a"), (2, "b")]
    assert (drawing.across, drawing.up) == ((20, 80), (60, 80))
    assert drawing.marks[0].up == 5
    assert drawing.marks[0].across == pytest.approx(91.67)
    assert drawing.score == 50
    assert drawing.importance == 50

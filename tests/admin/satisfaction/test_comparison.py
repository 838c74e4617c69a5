from datetime import date

import pytest
import time_machine

from admin.satisfaction.comparison_form import ComparisonForm
from survey.periods import Period
from survey.tallies.rules.parts import EVERYBODY
from tests import factories
from tests.survey.tallies.answers import ALIKE, RATINGS, give, release_all


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        yield


def rated(number, worst):
    return [dict.fromkeys(RATINGS, worst + i % 2) | {"nps": 8} for i in range(number)]


@pytest.fixture
def tree(embedded_app):
    top, regions, points = factories.company(2, 2)
    version = factories.version()
    give(points[0], version, *rated(40, 2), day=date(2026, 8, 5))
    give(points[0], version, *rated(40, 4), day=date(2026, 11, 5))
    give(points[1], version, *rated(40, 1), day=date(2026, 11, 5))
    wang = factories.employee(points[0], code="WANG")
    give(points[0], version, *rated(20, 4), day=date(2026, 11, 5), served_by=wang)
    release_all()
    return top, regions, points


def get(client, path, **arguments):
    response = client.get(f"/admin/indexes/{path}", query_string={"lang": "en"} | arguments)
    return response.status_code, response.get_data(as_text=True)


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("auditor", 200), ("marketing", 403)])
def test_only_roles_that_read_figures_see_comparisons(embedded_client, sign_in, tree, role, status):
    sign_in(embedded_client, factories.staff(role))
    for path in (f"comparison/{tree[2][0].code}", "employees/WANG/comparison"):
        assert get(embedded_client, path)[0] == status


def test_a_point_is_compared_with_its_previous_period(embedded_client, sign_in, tree):
    sign_in(embedded_client, factories.staff())
    _, text = get(embedded_client, f"comparison/{tree[2][0].code}")
    assert "The index is 50.0 higher than in the other selection." in text
    assert "&lt; 0.001" in text


def test_a_point_is_compared_with_another_and_with_its_region(embedded_client, sign_in, tree):
    _top, regions, points = tree
    sign_in(embedded_client, factories.staff("manager", regions[0]))
    _, text = get(embedded_client, f"comparison/{points[0].code}", with_place=points[1].code)
    assert "The index is 75.0 higher than in the other selection." in text
    assert f"Compared with: 2026-09-01 to 2026-11-30 · {points[1].name_en}" in text
    _, text = get(embedded_client, f"comparison/{points[0].code}", with_place=regions[0].code)
    assert "Customers who are also in the smaller selection are left out of the larger one." in text
    assert "The index is 75.0 higher" in text


def test_a_unit_out_of_scope_is_rejected(embedded_client, sign_in, tree):
    top, regions, points = tree
    sign_in(embedded_client, factories.staff("manager", regions[0]))
    for code in (top.code, regions[1].code, points[2].code, "nowhere"):
        status, text = get(embedded_client, f"comparison/{points[0].code}", with_place=code)
        assert status == 422
        assert "higher" not in text
    assert get(embedded_client, f"comparison/{points[2].code}")[0] == 404


def test_equal_selections_and_empty_selections_are_not_compared(embedded_client, sign_in, tree):
    _top, _regions, points = tree
    sign_in(embedded_client, factories.staff())
    _, text = get(embedded_client, f"comparison/{points[0].code}", with_period="same")
    assert "Nothing to compare" in text
    _, text = get(embedded_client, f"comparison/{points[3].code}")
    assert "Neither selection has responses that can be shown." in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"with_period": "custom"}, "Enter both dates."),
        (
            {"with_period": "custom", "with_from": "2026-02-02", "with_to": "2026-01-01"},
            "before the start date",
        ),
        ({"with_period": "custom", "with_from": "1026-02-02", "with_to": "2026-01-01"}, "At most ten years"),
        ({"with_period": "never"}, "Not a valid choice"),
        ({"with_language": "xx"}, "Not a valid choice"),
        ({"period": "never"}, "Not a valid choice"),
    ],
)
def test_bad_arguments_are_reported(embedded_client, sign_in, tree, arguments, message):
    sign_in(embedded_client, factories.staff())
    status, text = get(embedded_client, f"comparison/{tree[2][0].code}", **arguments)
    assert status == 422
    assert message in text


def test_an_employee_is_compared_with_their_previous_period(embedded_client, sign_in, tree):
    sign_in(embedded_client, factories.staff())
    _, text = get(embedded_client, "employees/WANG/comparison")
    assert "Too few responses to compare." in text


@pytest.mark.parametrize(
    ("wish", "period", "other"),
    [
        ("before", ((2026, 9, 1), (2026, 11, 30)), ((2026, 6, 1), (2026, 8, 31))),
        ("year", ((2026, 9, 1), (2026, 11, 30)), ((2025, 9, 1), (2025, 11, 30))),
        ("year", ((2024, 2, 29), (2024, 2, 29)), ((2023, 2, 28), (2023, 2, 28))),
        ("year", ((2025, 2, 1), (2025, 2, 28)), ((2024, 2, 1), (2024, 2, 29))),
        ("same", ((2026, 9, 1), (2026, 11, 30)), ((2026, 9, 1), (2026, 11, 30))),
    ],
)
def test_each_choice_of_period_has_its_reference_period(embedded_app, wish, period, other):
    with embedded_app.test_request_context(f"/?with_period={wish}") as context:
        form = ComparisonForm.of(context.request.args, [("", "")], [], [], EVERYBODY)
        assert form.validate()
    first, last = (date(*parts) for parts in period)
    assert form.reference_period(Period(first, last)) == Period(*(date(*parts) for parts in other))


def test_a_language_can_be_chosen(embedded_client, sign_in, tree):
    _top, _regions, points = tree
    version = factories.version()
    give(points[3], version, *rated(20, 1), day=date(2026, 11, 5), language="en")
    give(points[3], version, *[ALIKE] * 20, day=date(2026, 11, 5), language="zh")
    release_all()
    sign_in(embedded_client, factories.staff())
    _, text = get(embedded_client, points[3].code, language="en")
    assert '<p class="figure">20</p>' in text
    assert (
        "Only customers known to have answered this way are included. The others belong to no "
        "part, so that no individual can be identified."
    ) in text
    _, text = get(
        embedded_client,
        f"comparison/{points[3].code}",
        language="zh",
        with_period="same",
        with_language="en",
    )
    assert "The index is 62.5 higher" in text
    assert get(embedded_client, points[3].code, language="xx")[0] == 422


def test_a_figure_has_one_interval_in_glance_comparison_and_ranking(embedded_client, sign_in, embedded_app):
    """All of ten customers gave the best answers: 100 is neither certain nor exceeded."""
    top, _, [point, other] = factories.company(1, 2)
    version = factories.version()
    best = dict.fromkeys(RATINGS, 5) | {"nps": 10}
    give(point, version, *[best] * 10, day=date(2026, 11, 5))
    give(other, version, *rated(40, 2), day=date(2026, 11, 5))
    release_all()
    sign_in(embedded_client, factories.staff())
    _, glance = get(embedded_client, point.code)
    _, comparison = get(embedded_client, f"comparison/{point.code}", with_place=other.code)
    _, ranking = get(embedded_client, top.code, by="point")
    for text, times in ((glance, 2), (comparison, 3), (ranking, 1)):
        assert text.count("63.8 to 100.0") >= times
        assert "100.0 to 100.0" not in text
    assert glance.count("27.5 to 100.0") == comparison.count("27.5 to 100.0") == 1  # NPS

import pytest

from survey.questionnaires import queries
from survey.questionnaires.rules.limits import ResponseLimits
from survey.responses.limiting import limit_questionnaire
from tests import factories
from tests.admin.links.test_limits import FIELDS, LIMIT
from tests.admin.links.test_links import post

PATH = "/admin/questionnaires/service-satisfaction"


@pytest.fixture
def version(embedded_app):
    return factories.version()


@pytest.fixture
def client(embedded_app, version):
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def kept():
    return queries.questionnaire("service-satisfaction").limit


def test_limits_are_set_shown_and_removed(client):
    assert "in any number" in client.get(PATH, headers={"Accept-Language": "en"}).text
    assert post(client, f"{PATH}/limits/", FIELDS).location == PATH
    assert kept() == LIMIT
    page = client.get(PATH, headers={"Accept-Language": "en"}).text
    for sentence in (
        "Opens on December 1, 2026, 08:00.",
        "Closes on December 31, 2026, 20:30.",
        "Closes after 500 responses.",
        "Each device can respond only once.",
    ):
        assert sentence in page.replace("\u202f", " ")
    form = client.get(f"{PATH}/limits/", headers={"Accept-Language": "en"}).text
    for value in ("2026-12-01T08:00", 'value="500"', "谢谢", "A weak limit"):
        assert value in form
    assert post(client, f"{PATH}/limits/", {}).status_code == 303
    assert kept() == ResponseLimits()


@pytest.mark.parametrize("fields", [{"maximum": "0"}, {"opens_at": "soon"}, {"closed_zh": "x" * 201}])
def test_invalid_limits_are_shown_again_and_change_nothing(client, version, fields):
    limit_questionnaire(version.questionnaire_id, LIMIT)
    reply = post(client, f"{PATH}/limits/", fields)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
    assert kept() == LIMIT


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_set_no_limits(embedded_app, version, role):
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    assert "/limits/" not in reader.get(PATH).text
    assert reader.get(f"{PATH}/limits/").status_code == 403
    assert post(reader, f"{PATH}/limits/", FIELDS).status_code == 403


def test_an_unknown_questionnaire_has_no_limits(client):
    assert client.get("/admin/questionnaires/unknown/limits/").status_code == 404


def test_a_manager_keeps_the_maximum_that_an_administrator_set(embedded_app, version):
    limit_questionnaire(version.questionnaire_id, LIMIT)
    person = factories.staff("manager", factories.place("group"))
    manager = factories.sign_in(embedded_app.test_client(), person)
    assert 'name="maximum"' not in manager.get(f"{PATH}/limits/").text
    assert post(manager, f"{PATH}/limits/", {"maximum": "1"}).status_code == 303
    assert kept() == ResponseLimits(maximum=LIMIT.maximum)

from datetime import date

import pytest

from survey.questionnaires import drafting, queries
from tests import factories
from tests.admin.links.test_links import post
from tests.catalogue import zh

PATH = "/admin/questionnaires/service-satisfaction"
LOGICAL = (
    {"code": "hello", "kind": "statement", "texts": {"zh": "您好"}},
    {"code": "ok", "kind": "yes_no", "texts": {"zh": "好吗？"}},
    {"code": "later", "kind": "page"},
    {
        "code": "again",
        "kind": "single_choice",
        "texts": {"zh": "还来吗？"},
        "options": [
            {"code": "o1", "texts": {"zh": "来"}},
            {"code": "o2", "texts": {"zh": "不来"}},
        ],
    },
)


@pytest.fixture
def client(embedded_app):
    factories.version()
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def test_the_page_shows_questions_and_versions(client):
    assert "service-satisfaction" in client.get("/admin/questionnaires/").text
    page = client.get(PATH, headers={"Accept-Language": "en"}).text
    assert "Service quality" in page
    assert "Recommendation (0–10)" in page
    assert 'value="nps"' in page
    assert client.get(f"{PATH}/versions/1").status_code == 200
    assert client.get(f"{PATH}/versions/2").status_code == 404
    assert client.get("/admin/questionnaires/unknown").status_code == 404


def test_changing_required_questions_publishes_a_new_version(client):
    answer = post(client, f"{PATH}/required", {"based_on": "1", "required": ["overall", "nps"]})
    assert answer.status_code == 303
    first, now = queries.versions(queries.questionnaire("service-satisfaction"))[::-1]
    assert [q.code for q in now.definition.questions if q.required] == ["overall", "nps"]
    assert not any(q.required for q in first.definition.questions)
    assert (first.state, now.state) == ("superseded", "published")


def test_only_questions_that_can_be_answered_can_be_required(client):
    document = {"title": {"zh": "问"}, "languages": ["zh"], "questions": list(LOGICAL)}
    made = drafting.create("logical", document)
    drafting.publish(made.id, 0, date(2026, 11, 23))
    page = client.get("/admin/questionnaires/logical").text
    assert page.count('name="required"') == 2
    answer = post(client, "/admin/questionnaires/logical/required", {"based_on": "1", "required": ["again"]})
    assert answer.status_code == 303
    now = queries.published(made.questionnaire_id)
    assert [item.get("required") for item in now.document["questions"]] == [None, None, None, True]


def test_a_requirement_with_which_a_question_would_never_show_is_not_published(client):
    never = {"not": {"question": "ok", "is": "answered"}}
    items = [*LOGICAL[:3], LOGICAL[3] | {"show": never}]
    made = drafting.create("logical", {"title": {"zh": "问"}, "languages": ["zh"], "questions": items})
    drafting.publish(made.id, 0, date(2026, 11, 23))
    answer = post(client, "/admin/questionnaires/logical/required", {"based_on": "1", "required": ["ok"]})
    assert answer.status_code == 422
    sentence = zh("“%(other)s” can never be shown: its condition is never met.", other="")
    assert sentence.removeprefix("“") in answer.text
    assert queries.published_number("logical") == 1


def test_the_second_of_two_users_sees_a_conflict_and_overwrites_nothing(client):
    post(client, f"{PATH}/required", {"based_on": "1", "required": ["nps"]})
    answer = post(client, f"{PATH}/required", {"based_on": "1", "required": ["overall"]})
    assert answer.status_code == 409
    assert queries.published_number("service-satisfaction") == 2


def test_a_form_without_a_change_publishes_nothing(client):
    assert post(client, f"{PATH}/required", {"based_on": "1"}).status_code == 303
    assert queries.published_number("service-satisfaction") == 1


@pytest.mark.parametrize("fields", [{}, {"based_on": "9"}, {"based_on": "1", "required": ["unknown"]}])
def test_a_forged_form_is_rejected(client, fields):
    assert post(client, f"{PATH}/required", fields).status_code == 400


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_read_and_publish_nothing(embedded_app, role):
    factories.version()
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    assert 'name="based_on"' not in reader.get(PATH).text
    assert post(reader, f"{PATH}/required", {"based_on": "1"}).status_code == 403


def test_the_command_lists_questionnaires(embedded_app):
    factories.version()
    result = embedded_app.test_cli_runner().invoke(args=["questionnaires", "list"])
    assert result.output.startswith("service-satisfaction\t1\t2026-01-01\t")


def test_a_questionnaire_is_created_from_a_title_alone(client):
    assert client.get("/admin/questionnaires/new").status_code == 200
    answer = post(client, "/admin/questionnaires/new", {"title.zh": "回访", "title.en": "Call back"})
    assert answer.location == "/admin/questionnaires/call-back/draft/"
    assert "回访" in client.get(answer.location).text
    again = post(client, "/admin/questionnaires/new", {"title.zh": "回访", "title.en": "Call back"})
    assert again.location == "/admin/questionnaires/call-back-2/draft/"
    refused = post(client, "/admin/questionnaires/new", {"title.zh": "", "title.en": "Call back"})
    assert refused.status_code == 422
    assert 'value="Call back"' in refused.text


def test_the_draft_of_the_next_version_is_created_once(client):
    for _ in range(2):
        assert post(client, f"{PATH}/draft/begun", {}).location == f"{PATH}/draft/"
    assert [version.state for version in queries.versions(queries.questionnaire("service-satisfaction"))] == [
        "draft",
        "published",
    ]
    page = client.get(PATH).text
    assert f"{PATH}/draft/" in page
    assert 'name="based_on"' not in page
    assert f"{PATH}/draft/" in client.get("/admin/questionnaires/").text


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_create_no_questionnaire(embedded_app, role):
    factories.version()
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    assert reader.get("/admin/questionnaires/new").status_code == 403
    assert post(reader, f"{PATH}/draft/begun", {}).status_code == 403


def test_a_retired_version_closes_its_links_until_another_is_published(client, embedded_app):
    link = factories.link(of=queries.published(queries.questionnaire("service-satisfaction").id))
    assert post(client, f"{PATH}/versions/1/retirement", {}).location == PATH
    assert queries.published(queries.questionnaire("service-satisfaction").id) is None
    page = embedded_app.test_client().get(f"/s/{link.code}")
    assert page.status_code == 410
    assert "name=page" not in page.text
    assert post(client, f"{PATH}/versions/1/retirement", {}).status_code == 404
    shown = client.get(PATH)
    assert shown.status_code == 200
    assert "/versions/1/retirement" not in shown.text
    assert post(client, f"{PATH}/draft/begun", {}).location == f"{PATH}/draft/"


def test_only_published_versions_are_retired_and_only_by_users_with_the_capability(client, embedded_app):
    post(client, f"{PATH}/draft/begun", {})
    for number in (2, 9):
        assert post(client, f"{PATH}/versions/{number}/retirement", {}).status_code == 404
    auditor = factories.sign_in(embedded_app.test_client(), factories.staff("auditor"))
    assert "retirement" not in auditor.get(PATH).text
    assert post(auditor, f"{PATH}/versions/1/retirement", {}).status_code == 403

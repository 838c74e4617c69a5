import pytest

from survey.questionnaires import drafting, queries
from tests import factories
from tests.admin.builder import DRAFT, EN, SLUG, begun, draft, find, order, post


@pytest.fixture
def client(embedded_app):
    begun()
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def test_the_draft_shows_its_questions_by_number(client):
    page = client.get(f"{DRAFT}/", headers=EN).text
    assert "Draft of version 2" in page
    assert 'id="item-nps"' in page
    assert "Rating 1–5 · Quality" in page
    assert "Undo" not in page


def test_a_questionnaire_without_a_draft_is_not_found(client):
    drafting.discard(draft().id)
    assert client.get(f"{DRAFT}/").status_code == 404
    assert client.get("/admin/questionnaires/nothing/draft/").status_code == 404


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_read_the_draft_and_change_nothing(client, embedded_app, role):
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    page = reader.get(f"{DRAFT}/").text
    assert 'id="item-nps"' in page
    assert "/move" not in page
    assert "/deletion" not in page
    for path in ("undo", "required", "title", "deletion"):
        assert post(reader, f"{DRAFT}/{path}").status_code == 403


def test_required_questions_are_chosen_all_at_once(client):
    asked = ["overall", "nps", "comment"]
    assert (
        post(client, f"{DRAFT}/required", {"asked": asked, "required": ["overall", "nps"]}).status_code == 303
    )
    assert [q.code for q in draft().definition.questions if q.required] == ["overall", "nps"]
    post(client, f"{DRAFT}/required", {"asked": ["nps"]})
    assert [q.code for q in draft().definition.questions if q.required] == ["overall"]


def test_the_last_change_is_shown_and_undone(client):
    post(client, f"{DRAFT}/questions/nps/deletion")
    assert "nps" not in order()
    page = client.get(f"{DRAFT}/", headers=EN).text
    assert "Undo: deletion of “How likely are you to recommend us" in page
    answer = post(client, f"{DRAFT}/undo", {"revision": draft().revision}, htmx=True)
    assert "Undone: deletion of “How likely" in answer.text
    assert answer.headers["HX-Trigger"] == "drafted"
    assert "nps" in order()


def test_a_change_that_the_user_has_not_seen_is_not_undone(client):
    post(client, f"{DRAFT}/questions/nps/deletion")
    seen = draft().revision
    post(client, f"{DRAFT}/questions/overall/deletion")
    answer = post(client, f"{DRAFT}/undo", {"revision": seen}, htmx=True)
    assert answer.status_code == 409
    assert "Somebody else has made a change. Check it before you undo." in answer.text
    assert "overall" not in order()
    assert post(client, f"{DRAFT}/undo", {"revision": "x"}).status_code == 303
    assert "overall" not in order()


def test_undo_without_a_change_does_nothing(client):
    answer = post(client, f"{DRAFT}/undo", {"revision": draft().revision}, htmx=True)
    assert "Nothing has changed." in answer.text


def test_a_title_is_changed_and_an_empty_title_is_rejected(client):
    assert (
        post(client, f"{DRAFT}/title", {"title.zh": "新标题", "title.en": ""}, htmx=True).status_code == 200
    )
    assert draft().document["title"] == {"zh": "新标题"}
    answer = post(client, f"{DRAFT}/title", {"title.zh": " "}, htmx=True)
    assert answer.status_code == 422
    assert draft().document["title"] == {"zh": "新标题"}


def test_discarding_a_draft_keeps_the_published_version(client):
    assert post(client, f"{DRAFT}/deletion").location.endswith(SLUG)
    assert queries.draft(queries.questionnaire(SLUG).id) is None
    assert queries.published_number(SLUG) == 1


def test_discarding_its_only_version_deletes_a_questionnaire(client):
    drafting.create("new-one", {"title": {"zh": "新"}, "questions": []})
    answer = post(client, "/admin/questionnaires/new-one/draft/deletion")
    assert answer.location == "/admin/questionnaires/"
    assert client.get("/admin/questionnaires/new-one").status_code == 404


def test_a_draft_is_not_discarded_while_links_lead_to_it(client):
    made = drafting.create("new-one", {"title": {"zh": "新"}, "questions": []})
    factories.link(of=made)
    assert post(client, "/admin/questionnaires/new-one/draft/deletion").location.endswith("/draft/")
    assert queries.draft(made.questionnaire_id) is not None


def test_changing_a_draft_that_was_published_shows_a_conflict(client, monkeypatch):
    def published(*_args, **_more):
        raise drafting.Conflict("published")

    monkeypatch.setattr(drafting, "change", published)
    answer = post(client, f"{DRAFT}/title", {"title.zh": "新标题"})
    assert answer.status_code == 409
    assert "The draft has changed" in answer.text
    answer = post(client, f"{DRAFT}/questions/nps/move", {"up": 5}, htmx=True)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/admin/questionnaires/{SLUG}")
    assert find("nps") is not None

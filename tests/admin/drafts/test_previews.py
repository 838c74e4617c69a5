import pytest

from survey.headers import FRAMED, FRAMING, POLICY
from survey.questionnaires import drafting, queries
from tests import factories
from tests.admin.builder import DRAFT, EN, HTMX, begun, draft, find, post

PAGE = f"{DRAFT}/preview/"
CSP = "Content-Security-Policy"


@pytest.fixture
def client(embedded_app):
    begun()
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def tried(answers=None, language="en"):
    return drafting.add_trial(draft().id, language, answers or {"overall": 4}, factories.PUBLISHED_ON)


def test_each_chosen_language_has_a_phone(client):
    page = client.get(PAGE, headers=EN).text
    assert 'src="/admin/questionnaires/service-satisfaction/draft/phone/?lang=zh"' in page
    assert 'draft/phone/?lang=en"' in page
    page = client.get(f"{PAGE}?language=en&language=tlh").text
    assert 'phone/?lang=en"' in page
    assert 'phone/?lang=zh"' not in page
    assert 'phone/?lang=zh"' in client.get(f"{PAGE}?language=tlh").text


def test_only_preview_pages_frame_and_are_framed_by_our_own_pages(client):
    assert client.get(PAGE).headers.getlist(CSP) == [FRAMING]
    assert client.get(f"{DRAFT}/").headers.getlist(CSP) == [FRAMING]
    assert client.get(f"{DRAFT}/phone/").headers.getlist(CSP) == [FRAMED]
    assert client.get(f"{DRAFT}/languages/").headers.getlist(CSP) == [POLICY]
    assert "frame-src 'self'" in FRAMING
    assert "frame-ancestors 'none'" in FRAMING
    assert "frame-src 'none'" in FRAMED
    assert "frame-ancestors 'self'" in FRAMED


def test_the_phones_are_shown_again_after_a_change_of_the_draft(client):
    page = client.get(PAGE, headers=HTMX).text
    assert 'hx-trigger="drafted from:body" hx-select="#phones"' in page
    assert 'id="phones"' in client.get(f"{DRAFT}/").text


def test_test_responses_are_listed_in_words(client):
    tried({"overall": 4, "comment": "<b>Fine</b>"})
    page = client.get(PAGE, headers=EN).text
    assert find("overall")["texts"]["en"] in page
    assert "4 · Satisfied" in page
    assert "&lt;b&gt;Fine" in page
    assert "January 1, 2026" in page


def test_a_test_response_is_deleted_alone_or_with_all_others(client):
    first, second, _third = tried(), tried(), tried()
    assert post(client, f"{PAGE}trials/deletion", {"trial": second.id}).status_code == 303
    assert first.id in [trial.id for trial in queries.trials(draft().id)]
    assert len(queries.trials(draft().id)) == 2
    for wrong in ("x", "-1", "9" * 30, "²"):
        assert post(client, f"{PAGE}trials/deletion", {"trial": wrong}).status_code == 400
    assert len(queries.trials(draft().id)) == 2
    post(client, f"{PAGE}trials/deletion")
    assert queries.trials(draft().id) == []


def test_test_responses_of_another_draft_are_not_deleted(client):
    stored = tried()
    factories.version("another")
    drafting.begin("another")
    post(client, "/admin/questionnaires/another/draft/preview/trials/deletion", {"trial": stored.id})
    post(client, "/admin/questionnaires/another/draft/preview/trials/deletion")
    assert [trial.id for trial in queries.trials(draft().id)] == [stored.id]


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_see_the_preview_and_delete_nothing(client, embedded_app, role):
    tried()
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    page = reader.get(PAGE, headers=EN)
    assert page.status_code == 200
    assert "Delete" not in page.text
    assert post(reader, f"{PAGE}trials/deletion").status_code == 403
    assert len(queries.trials(draft().id)) == 1


def test_a_questionnaire_without_a_draft_has_no_preview(client):
    drafting.discard(draft().id)
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{DRAFT}/phone/").status_code == 404

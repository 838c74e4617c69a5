import pytest
from sqlalchemy import func, select

from survey.answering.queries import link as find_link
from survey.db import db
from survey.questionnaires import drafting, queries
from survey.questionnaires.publication import LIBRARY, library_document
from tests import factories
from tests.admin.builder import DRAFT, EN, SLUG, begun, draft, post
from tests.survey.tallies.answers import release_all

PHONE = f"{DRAFT}/phone/"
COUNTED = ("response", "waiting", "batch", "tally", "claim", "contact")
WALKED = {
    "title": {"zh": "问卷", "en": "Survey"},
    "languages": ["zh", "en"],
    "questions": [
        {
            "code": "ok",
            "kind": "yes_no",
            "required": True,
            "texts": {"zh": "{place}好吗？", "en": "{place} fine?"},
        },
        {
            "code": "why",
            "kind": "text",
            "texts": {"zh": "为什么？"},
            "show": {"question": "ok", "is": "equal", "value": 0},
        },
        {"code": "later", "kind": "page", "texts": {"en": "At last"}},
        {"code": "name", "kind": "contact", "texts": {"zh": "回电"}},
    ],
}


@pytest.fixture
def client(embedded_app):
    begun()
    return factories.sign_in(embedded_app.test_client(), factories.staff("manager", factories.place("group")))


def become(document):
    drafting.change(draft().id, "import", lambda _before: document)


def trials():
    return queries.trials(draft().id)


def hand_in(client, sent, language="en"):
    return post(client, f"{PHONE}?lang={language}", sent)


def counts():
    return {
        name: db.session.scalar(select(func.count()).select_from(db.metadata.tables[name]))
        for name in COUNTED
    }


def test_a_draft_is_shown_as_customers_will_see_the_questionnaire(client):
    version = queries.published(draft().questionnaire_id)
    link = factories.link(of=version, points=0)
    theirs = client.get(f"/s/{link.code}?lang=en").text
    mine = client.get(f"{PHONE}?lang=en").text
    fields = [text.partition("<div id=Q>")[2].partition("<div id=N>")[0] for text in (theirs, mine)]
    assert fields[0] == fields[1] != ""
    assert "Sample service point" in mine
    assert find_link(link.code) is not None


def test_a_language_is_switched_on_the_phone(client):
    assert (
        "您对服务质量" in client.get(f"{PHONE}?lang=zh").text
        or "服务质量" in client.get(f"{PHONE}?lang=zh").text
    )
    assert "Service quality" in client.get(f"{PHONE}?lang=en").text


def test_pages_follow_conditions_and_errors_are_corrected(client):
    become(WALKED)
    first = client.get(f"{PHONE}?lang=en").text
    assert "Sample service point fine?" in first
    assert "为什么" not in first
    wrong = hand_in(client, {"at": "0", "go": "next"})
    assert (wrong.status_code, "please answer" in wrong.text) == (422, True)
    looked = hand_in(client, {"at": "0", "go": "look", "ok": "0"})
    assert "为什么" in looked.text
    assert "<html" not in looked.text
    came = hand_in(client, {"at": "0", "go": "next", "ok": "0"})
    assert "further question" in came.text
    last = hand_in(client, {"at": "0", "go": "next", "ok": "1"})
    assert "At last" in last.text
    assert 'name="ok" value="1"' in last.text
    assert trials() == []


def test_a_test_response_is_stored_without_the_contact_for_a_callback(client):
    become(WALKED)
    sent = {
        "at": "1",
        "go": "send",
        "ok": "0",
        "why": "Slow",
        "seen": "why",
        "name~name": "Wang",
        "name~phone": "13800000000",
    }
    answer = hand_in(client, sent)
    assert answer.status_code == 303
    (kept,) = trials()
    assert (kept.answers, kept.language) == ({"ok": 0, "why": "Slow"}, "en")
    page = client.get(answer.location, headers=EN).text
    assert "This was a test. The response is listed under test responses and counts nowhere." in page
    assert counts()["contact"] == 0


def test_test_responses_count_in_no_figure(app):
    begun()
    client = factories.sign_in(app.test_client(), factories.staff())
    before = counts()
    for value in (1, 5, 5):
        assert hand_in(client, {"overall": str(value), "nps": "10", "comment": "Test"}).status_code == 303
    assert len(trials()) == 3
    release_all()
    assert counts() == before == dict.fromkeys(COUNTED, 0)
    assert "No responses yet" in client.get("/admin/indexes/", headers=EN).text
    drafting.publish(draft().id, draft().revision, factories.PUBLISHED_ON)
    release_all()
    assert counts() == before
    assert queries.trials(queries.published(queries.questionnaire(SLUG).id).id) == []


def test_the_score_of_a_quiz_is_shown_at_the_end(client):
    quiz = library_document("r19")
    become(quiz)
    rights = {
        item["code"]: next(option["code"] for option in item["options"] if option.get("right"))
        for item in quiz["questions"]
        if any(option.get("right") for option in item.get("options", ()))
    }
    drafting.add_trial(draft().id, "en", rights, factories.PUBLISHED_ON)
    page = client.get(f"{PHONE}end?lang=en&trial={trials()[0].id}").text
    assert "Your score" in page
    assert "Your score" not in client.get(f"{PHONE}end?lang=en&trial=99999").text


def test_answering_a_draft_that_has_changed_begins_again(client):
    answer = hand_in(client, {"overall": "4", "gone": "1"})
    assert "The draft has changed" in answer.text
    assert "Service quality" in answer.text
    assert "The draft has changed" in hand_in(client, {"at": "7"}).text
    assert "The draft has changed" in hand_in(client, {"at": "x"}).text
    assert trials() == []


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_who_may_not_change_questionnaires_can_try_out_and_store_nothing(client, embedded_app, role):
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    answer = hand_in(reader, {"overall": "4"})
    assert answer.status_code == 303
    assert "Nothing was saved." in reader.get(answer.location, headers=EN).text
    assert trials() == []


UNFINISHED = [
    {"questions": []},
    {"title": {}},
    {"questions": [{"code": "p", "kind": "page"}]},
    {"questions": [{"code": "a", "kind": "rating", "scale": 3, "labels": [{"zh": "差"}], "texts": {}}]},
    {"questions": [{"code": "a", "kind": "rating", "look": "words", "texts": {"en": "A"}}]},
    {"questions": [{"code": "a", "kind": "single_choice", "options": [], "texts": {}}]},
    {"questions": [{"code": "a", "kind": "ranking", "options": [], "texts": {}}]},
    {
        "questions": [
            {"code": "a", "kind": "nps", "texts": {}, "show": {"question": "b", "is": "less", "value": "x"}}
        ]
    },
    {"questions": [{"code": "a", "kind": "text", "about": "b", "texts": {}}]},
    {"questions": [{"code": "a", "kind": "text", "about": "a", "texts": {}}]},
]


@pytest.mark.parametrize("changes", UNFINISHED, ids=str)
def test_an_unfinished_draft_is_shown_as_far_as_it_goes(client, changes):
    become(WALKED | changes)
    assert client.get(f"{PHONE}?lang=zh").status_code == 200
    assert client.get(f"{DRAFT}/preview/").status_code == 200


@pytest.mark.parametrize("name", sorted(path.stem for path in LIBRARY.glob("*.json")))
def test_every_questionnaire_of_the_library_is_previewed(client, name):
    become(library_document(name))
    for language in draft().document["languages"]:
        assert client.get(f"{PHONE}?lang={language}").status_code == 200

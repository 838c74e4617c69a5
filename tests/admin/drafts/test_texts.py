import re

import pytest

from survey.questionnaires import drafting
from survey.questionnaires.rules import translating
from survey.questionnaires.rules.translating import digest
from tests import factories
from tests.admin.builder import DRAFT, EN, HTMX, begun, draft, find, post

PAGE = f"{DRAFT}/languages/"
TEXTS = f"{PAGE}en/texts"


@pytest.fixture
def client(embedded_app):
    begun()
    return factories.sign_in(embedded_app.test_client(), factories.staff("manager", factories.place("group")))


@pytest.fixture
def other(embedded_app):
    """Return the client of another user of the same draft."""
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def sent(language="en", **changes):
    """Return what the form of a language sends when only ``changes`` are made in it (``__`` for ".")."""
    fields = {}
    for piece in translating.pieces(draft().document):
        text = piece.texts.get(language, "")
        fields |= {f"text.{piece.key}": text, f"seen.{piece.key}": digest(text)}
    return fields | {f"text.{name.replace('__', '.')}": text for name, text in changes.items()}


def single_text(key, text, seen):
    return {"only": key, f"text.{key}": text, f"seen.{key}": digest(seen)}


def lack(*keys, language="en"):
    """Remove the texts ``keys`` of a language."""
    emptied = {
        piece.key: (digest(piece.texts.get(language, "")), "")
        for piece in translating.pieces(draft().document)
        if piece.key in keys
    }
    drafting.change(draft().id, "texts", lambda document: translating.write(document, language, emptied))


def test_texts_are_shown_side_by_side_with_their_progress(client):
    lack("quality.texts", "overall.labels.0")
    page = client.get(PAGE, headers=EN).text
    assert re.search(r"2 of \d+ texts are missing", page)
    assert find("quality")["texts"]["zh"] in page
    assert 'name="text.quality.texts" lang="en" dir="ltr"' in page
    assert "Question 1" in page
    assert "Question 1 · Label 2" in page


def test_missing_texts_can_be_listed_alone(client):
    lack("quality.texts")
    page = client.get(f"{PAGE}?language=en&show=missing", headers=EN).text
    assert 'name="text.quality.texts"' in page
    assert 'name="text.overall.texts"' not in page
    assert "Nothing is missing" in client.get(f"{PAGE}?language=zh&show=missing", headers=EN).text


def test_the_first_language_that_lacks_a_text_is_opened(client):
    assert 'id="texts" lang="en"' in client.get(PAGE).text
    drafting.change(draft().id, "languages", lambda document: translating.add_language(document, "ug"))
    page = client.get(PAGE).text
    assert 'id="texts" lang="ug"' in page
    assert 'dir="rtl"' in page
    assert 'id="texts" lang="ug"' in client.get(f"{PAGE}?language=tlh").text


def test_all_texts_are_saved_by_one_button(client):
    before = draft().revision
    answer = post(client, TEXTS, sent(quality__texts="The service", title="How was it?"))
    assert answer.status_code == 303
    assert (find("quality")["texts"]["en"], draft().document["title"]["en"]) == ("The service", "How was it?")
    assert draft().revision == before + 1
    assert "2 texts saved." in client.get(answer.location, headers=EN).text
    assert post(client, TEXTS, sent()).status_code == 303
    assert draft().revision == before + 1


def test_a_single_text_is_saved_in_its_line(client):
    answer = post(client, TEXTS, single_text("quality.texts", " Service ", "Service quality"), htmx=True)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<li")
    assert "Saved." in answer.text
    assert 'id="languages" hx-swap-oob="true"' in answer.text
    assert answer.headers["HX-Trigger"] == "drafted"
    assert find("quality")["texts"] == {"zh": "服务质量", "en": "Service"}


@pytest.mark.parametrize(("text", "error"), [("x" * 2001, "At most 2000"), ("a\u202eb", "cannot be shown")])
def test_an_invalid_text_shows_an_error_and_is_not_stored(client, text, error):
    before = draft().document
    answer = post(client, TEXTS, single_text("quality.texts", text, "Service quality"), htmx=True)
    assert answer.status_code == 422
    assert error in answer.text
    assert draft().document == before
    page = post(client, TEXTS, sent(quality__texts=text, value__texts="Worth"))
    assert page.status_code == 422
    assert error in page.text
    assert find("value")["texts"]["en"] == "Worth", "the others are stored"


def test_the_second_of_two_users_at_a_text_sees_both_texts(client, other):
    mine, theirs = (single_text("quality.texts", text, "Service quality") for text in ("Mine", "Hers"))
    assert post(other, TEXTS, theirs, htmx=True).status_code == 200
    answer = post(client, TEXTS, mine, htmx=True)
    assert answer.status_code == 409
    assert "Somebody else has changed this to “Hers”" in answer.text
    assert ">Mine</textarea>" in answer.text
    assert find("quality")["texts"]["en"] == "Hers"
    seen = answer.text.partition('name="seen.quality.texts" value="')[2].partition('"')[0]
    assert post(client, TEXTS, mine | {"seen.quality.texts": seen}, htmx=True).status_code == 200
    assert find("quality")["texts"]["en"] == "Mine"


def test_without_javascript_other_texts_are_stored_and_the_conflict_is_shown(client, other):
    mine = sent(quality__texts="Mine", value__texts="Worth")
    post(other, TEXTS, single_text("quality.texts", "Hers", "Service quality"))
    post(other, TEXTS, single_text("effectiveness.texts", "Her effect", find("effectiveness")["texts"]["en"]))
    answer = post(client, TEXTS, mine)
    assert answer.status_code == 409
    assert "“Hers”" in answer.text
    assert [find(code)["texts"]["en"] for code in ("quality", "value", "effectiveness")] == [
        "Hers",
        "Worth",
        "Her effect",
    ], "nothing is overwritten, and texts that the user did not change stay as the other user wrote them"


def test_writing_a_text_of_a_deleted_question_shows_a_conflict(client, other):
    mine = single_text("nps.texts", "Mine", find("nps")["texts"]["en"])
    post(other, f"{DRAFT}/questions/nps/deletion")
    answer = post(client, TEXTS, mine, htmx=True)
    assert (answer.status_code, "HX-Redirect" in answer.headers) == (204, True)


def test_a_change_of_texts_is_undone_on_the_page_of_texts(client):
    post(client, TEXTS, sent(quality__texts="The service"))
    assert "Undo: change of texts" in client.get(PAGE, headers=EN).text
    answer = post(client, f"{PAGE}en/undo", {"revision": draft().revision})
    assert answer.location.endswith("languages/?language=en")
    assert find("quality")["texts"]["en"] == "Service quality"
    assert post(client, f"{PAGE}en/undo", {"revision": "x"}).status_code == 409


def test_the_default_language_is_written_as_well(client):
    key = "quality.texts"
    answer = post(client, f"{PAGE}zh/texts", single_text(key, "服务好吗", "服务质量"), htmx=True)
    assert answer.status_code == 200
    assert find("quality")["texts"] == {"zh": "服务好吗", "en": "Service quality"}
    assert post(client, f"{PAGE}ug/texts", single_text(key, "x", "")).status_code == 404


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_read_texts_and_write_nothing(client, embedded_app, role):
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    page = reader.get(PAGE, headers=EN)
    assert page.status_code == 200
    assert "Service quality" in page.text
    assert "<textarea" not in page.text
    assert "Remove" not in page.text
    for path in ("en/texts", "en/undo"):
        assert post(reader, PAGE + path).status_code == 403


def test_a_questionnaire_without_a_draft_has_no_page_of_texts(client):
    drafting.discard(draft().id)
    assert client.get(PAGE, headers=HTMX).status_code == 404

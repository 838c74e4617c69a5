"""Tests of the pages of the template library."""

import re

import pytest
from markupsafe import escape

from survey.db import db
from survey.questionnaires import library_catalogue, queries
from survey.questionnaires.models import Questionnaire
from tests.admin.forms import post

LIBRARY = "/admin/questionnaires/-/library/"
EN = {"Accept-Language": "en"}
HTMX = {"HX-Request": "true", **EN}
NAMES = [book.name for book in library_catalogue.entries()]


def listed(page):
    return re.findall(rf'href="{LIBRARY}([^"]+)"', page.text)


def test_all_templates_are_listed_with_their_regulations(enter):
    page = enter("manager").get(LIBRARY, headers=EN)
    assert listed(page) == NAMES
    assert "26 questionnaires" in page.text
    assert "2012客户满意度考核办法（修正版）" in page.text


@pytest.mark.parametrize("headers", [EN, HTMX])
def test_a_search_finds_by_code_and_by_words_of_both_languages(enter, headers):
    client = enter("manager")
    assert listed(client.get(f"{LIBRARY}?q=R17", headers=headers)) == ["r17-after-sales", "r17-sales"]
    assert listed(client.get(f"{LIBRARY}?q=r14 ssi", headers=headers)) == ["r14-ssi"]
    asked = client.get(f"{LIBRARY}?q=暗示", headers=headers)
    assert listed(asked) == ["r15-callback"]
    assert "Includes: “" in asked.text
    nothing = client.get(f"{LIBRARY}?q=<b>xyzzy", headers=headers).text
    assert "No results" in nothing
    assert "contains “&lt;b&gt;xyzzy”" in nothing


def test_htmx_gets_only_the_list(enter):
    client = enter("manager")
    number = re.compile('name="made_with" value="[^"]+"')
    part = client.get(f"{LIBRARY}?q=R5", headers=HTMX)
    assert "<html" not in part.text
    assert "HX-Request" in part.vary
    page = client.get(f"{LIBRARY}?q=R5", headers=EN).text
    assert number.sub("", part.text).strip() in number.sub("", page)
    assert 'hx-replace-url="true"' in page


def test_a_preview_shows_every_question_and_its_source(enter):
    client = enter("auditor")
    for book in library_catalogue.entries():
        page = client.get(LIBRARY + book.name, headers=EN).text
        items = book.document["questions"]
        assert [item["code"] for item in items if str(escape(item["texts"]["en"])) not in page] == []
        assert f"{book.regulation} <span" in page
        assert page.count("Added by us</span>") == sum(item.get("supplied", False) for item in items)
        assert (f"· {book.supplied} added by us" in page) == bool(book.supplied)


def test_the_right_answers_of_a_quiz_and_what_is_withheld_are_marked(enter):
    client = enter("manager")
    assert client.get(f"{LIBRARY}r19", headers=EN).text.count("Correct</span>") == 5
    assert client.get(f"{LIBRARY}r15-callback", headers=EN).text.count("Withheld</span>") == 1


def test_weights_are_shown_with_the_names_of_dimensions(enter):
    assert "展厅设施 5" in enter("manager").get(f"{LIBRARY}r17-sales").text


def test_a_template_is_copied_with_one_tap_and_again_under_another_address(enter):
    client = enter("manager")
    for slug in ("service-satisfaction", "service-satisfaction-2"):
        answer = post(client, f"{LIBRARY}r5/copies")
        assert answer.status_code == 303
        assert answer.location == f"/admin/questionnaires/{slug}/draft/"
        assert client.get(answer.location).status_code == 200
        draft = queries.draft(queries.questionnaire(slug).id)
        assert draft.document["questions"] == library_catalogue.entry("r5").document["questions"]
        assert draft.document["source"]["regulation"] == "R5"
        assert queries.published(draft.questionnaire_id) is None
    assert "/admin/questionnaires/service-satisfaction" in client.get(f"{LIBRARY}r5").text


def test_each_template_can_be_copied(enter):
    client = enter("administrator")
    for name in NAMES:
        answer = post(client, f"{LIBRARY}{name}/copies")
        assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_see_the_library_and_copy_nothing(enter, role):
    client = enter(role)
    page = client.get(LIBRARY).text
    assert "/copies" not in page
    assert "/copies" not in client.get(f"{LIBRARY}r5").text
    token = re.search('name="csrf-token" content="([^"]+)"', page)[1]
    answer = client.post(f"{LIBRARY}r5/copies", data={"csrf_token": token})
    assert answer.status_code == 403
    assert db.session.query(Questionnaire).count() == 0


@pytest.mark.parametrize("name", ["R5", "r20", "..%2fr5", "r5.json"])
def test_an_unknown_template_is_not_found(enter, name):
    client = enter("manager")
    assert client.get(LIBRARY + name).status_code == 404
    assert post(client, f"{LIBRARY}{name}/copies").status_code == 404

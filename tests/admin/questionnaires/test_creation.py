"""Tests that a questionnaire is created once, however often its form is sent."""

from __future__ import annotations

import io
import json
import re

import pytest

from survey.db import db
from survey.questionnaires import drafting, queries
from survey.questionnaires.models import Questionnaire
from tests import factories
from tests.admin.builder import EN, SLUG, begun, draft, post

LIBRARY = "/admin/questionnaires/-/library/"
PAGE = f"/admin/questionnaires/{SLUG}"


@pytest.fixture
def client(embedded_app):
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def form_of(client, path):
    """Return the nonce that the page puts into its forms."""
    return {"made_with": re.search('name="made_with" value="([^"]+)"', client.get(path).text)[1]}


def slugs():
    return sorted(db.session.scalars(db.select(Questionnaire.slug)))


def test_a_double_tap_on_copy_creates_one_questionnaire(client):
    sent = form_of(client, LIBRARY)
    first, second = (post(client, f"{LIBRARY}r5/copies", sent) for _tap in range(2))
    assert first.location == second.location == f"{PAGE}/draft/"
    assert slugs() == [SLUG]


def test_a_page_copies_several_templates_and_a_reloaded_page_copies_them_again(client):
    sent = form_of(client, LIBRARY)
    for name in ("r5", "r18"):
        post(client, f"{LIBRARY}{name}/copies", sent)
    post(client, f"{LIBRARY}r5/copies", form_of(client, LIBRARY))
    assert slugs() == ["call-rating", SLUG, f"{SLUG}-2"]


def test_a_form_sent_again_after_publication_leads_to_its_questionnaire(client, embedded_app):
    sent = form_of(client, LIBRARY)
    post(client, f"{LIBRARY}r18/copies", sent)
    made = queries.draft(queries.questionnaire("call-rating").id)
    drafting.publish(made.id, made.revision, embedded_app.config["SETTINGS"].today())
    assert post(client, f"{LIBRARY}r18/copies", sent).location == "/admin/questionnaires/call-rating"


def test_a_form_sent_again_after_its_draft_was_discarded_creates_another(client):
    sent = form_of(client, LIBRARY)
    post(client, f"{LIBRARY}r5/copies", sent)
    drafting.discard(draft().id)
    assert post(client, f"{LIBRARY}r5/copies", sent).location == f"{PAGE}/draft/"


@pytest.mark.parametrize("number", ["", "x", "0" * 33, "Ａ" * 32])
def test_a_forged_nonce_is_ignored(client, number):
    for _tap in range(2):
        assert post(client, f"{LIBRARY}r5/copies", {"made_with": number}).status_code == 303
    assert slugs() == [SLUG, f"{SLUG}-2"]


def test_creation_from_a_title_and_import_are_idempotent_too(client):
    new = {"title.zh": "新", "title.en": "New visit", **form_of(client, "/admin/questionnaires/new")}
    imported = form_of(client, "/admin/questionnaires/-/import")
    file = json.dumps({"format": 1, "slug": "filed", "title": {"zh": "档"}, "questions": []}).encode()
    for _tap in range(2):
        assert post(client, "/admin/questionnaires/new", new).status_code == 303
        sent = imported | {"file": (io.BytesIO(file), "filed.json")}
        assert post(client, "/admin/questionnaires/-/import", sent).status_code == 303
    assert slugs() == ["filed", "new-visit"]


def test_a_questionnaire_is_copied_with_all_its_questions(client):
    begun()
    source = queries.published(queries.questionnaire(SLUG).id).document
    sent = form_of(client, PAGE)
    for _tap in range(2):
        answer = post(client, f"{PAGE}/versions/1/copies", sent)
        assert answer.location == f"/admin/questionnaires/{SLUG}-2/draft/"
    copy = queries.draft(queries.questionnaire(f"{SLUG}-2").id)
    assert copy.document["questions"] == source["questions"]
    assert copy.document["title"]["en"] == "Service satisfaction (copy)"
    assert "Copied." in client.get(answer.location, headers=EN).text
    assert slugs() == [SLUG, f"{SLUG}-2"]


def test_a_draft_is_copied_as_it_is_now(client):
    begun()
    post(client, f"{PAGE}/draft/questions/", {"kind": "date"})
    answer = post(client, f"{PAGE}/versions/2/copies", form_of(client, f"{PAGE}/draft/"))
    copy = queries.draft(queries.questionnaire(answer.location.split("/")[-3]).id)
    assert copy.document["questions"] == draft().document["questions"]


def test_a_version_that_does_not_exist_is_not_copied(client):
    factories.version()
    assert post(client, f"{PAGE}/versions/7/copies").status_code == 404


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_copy_nothing(embedded_app, role):
    factories.version()
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    assert "/copies" not in reader.get(PAGE).text
    assert post(reader, f"{PAGE}/versions/1/copies").status_code == 403

"""Tests of the comparison of two versions of a questionnaire."""

import pytest

from survey.questionnaires import drafting, publication
from tests import factories
from tests.admin.builder import EN, SLUG, begun, draft

PAGE = f"/admin/questionnaires/{SLUG}/comparison"


@pytest.fixture
def client(embedded_app):
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def second():
    """Publish version 2, with a question removed, added, changed and moved."""
    factories.version()
    document = publication.library_document("r5")
    items = {item["code"]: item for item in document["questions"] if item["code"] != "comment"}
    items["overall"] = items["overall"] | {"scale": 7, "labels": [], "required": True}
    items["nps"] = items["nps"] | {"texts": items["nps"]["texts"] | {"en": "Recommend?"}}
    new = {"code": "fresh", "kind": "yes_no", "texts": {"zh": "解决了吗？", "en": "Solved?"}}
    order = [items.pop("nps"), *items.values(), new]
    changed = {"questions": order, "weights": {"value": 2}, "title": {"zh": "新标题"}}
    return publication.publish(SLUG, document["title"], changed, factories.PUBLISHED_ON)


def test_differences_are_shown_side_by_side(client):
    second()
    page = client.get(f"{PAGE}?before=1&after=2", headers=EN).text
    for badge in ("Added", "Removed", "Changed", "Moved", "Counted separately"):
        assert f">{badge}<" in page
    assert "another scale" in page
    assert "Weight of “Value”" in page
    assert "新标题" in page
    assert "Solved?" in page
    assert "Recommend?" in page
    assert "questions are unchanged." in page


def test_the_two_newest_versions_are_compared_by_default(client):
    second()
    page = client.get(PAGE, headers=EN).text
    assert '<option value="1" selected>' in page
    assert '<option value="2" selected>' in page
    assert "another scale" in page
    drafting.begin(SLUG)
    page = client.get(PAGE, headers=EN).text
    assert "Version 3 (Draft)" in page
    assert "No differences" in page


def test_a_questionnaire_with_one_version_has_no_comparison(client):
    factories.version()
    assert client.get(PAGE).status_code == 404
    begun()
    for wrong in ("before=9", "after=9", "before=1&after=x"):
        assert client.get(f"{PAGE}?{wrong}").status_code in (200, 404)
    assert client.get(f"{PAGE}?before=9").status_code == 404
    assert client.get("/admin/questionnaires/nothing/comparison").status_code == 404


def test_the_questionnaires_page_leads_to_the_comparison(client):
    factories.version()
    assert PAGE not in client.get(f"/admin/questionnaires/{SLUG}").text
    second()
    assert PAGE in client.get(f"/admin/questionnaires/{SLUG}").text


@pytest.mark.parametrize("role", ["manager", "marketing", "auditor"])
def test_everybody_who_reads_questionnaires_may_compare_versions(embedded_app, role):
    second()
    place = factories.place("group") if role == "manager" else None
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role, place))
    assert reader.get(PAGE).status_code == 200


def test_script_in_a_text_is_escaped(client):
    begun()
    hostile = {"zh": "<script>alert(1)</script>"}

    def edit(document):
        return document | {"questions": [item | {"texts": hostile} for item in document["questions"]]}

    drafting.change(draft().id, "edit", edit)
    page = client.get(PAGE).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page

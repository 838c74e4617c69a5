"""Tests of the export and import of questionnaires as files, hostile ones included."""

import json
import re

import pytest

from survey.db import db
from survey.questionnaires import drafting, library_catalogue, queries
from survey.questionnaires.models import Questionnaire, Version
from survey.questionnaires.rules import filing
from tests import factories
from tests.admin.builder import begun
from tests.catalogue import zh
from tests.survey.questionnaires.rules.checking.documents import document, item

IMPORT = "/admin/questionnaires/-/import"
EN = {"Accept-Language": "en"}


def upload(client, content, target=""):
    if not isinstance(content, bytes):
        content = json.dumps(content, ensure_ascii=False).encode()
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get(IMPORT).text)[1]
    # The body is built here because the test client leaves the temporary file of a large body open.
    part = '--cut\r\nContent-Disposition: form-data; name="'
    fields = f'{part}csrf_token"\r\n\r\n{token}\r\n{part}target"\r\n\r\n{target}\r\n'
    body = f'{fields}{part}file"; filename="a.json"\r\n\r\n'.encode()
    return client.post(
        IMPORT,
        data=body + content + b"\r\n--cut--\r\n",
        content_type="multipart/form-data; boundary=cut",
        headers=EN,
    )


def rows():
    db.session.rollback()
    return db.session.query(Questionnaire).count(), db.session.query(Version).count()


def test_a_version_is_downloaded_as_a_file(enter):
    version = factories.version()
    answer = enter("auditor").get(
        f"/admin/questionnaires/service-satisfaction/versions/{version.number}/file"
    )
    assert answer.mimetype == "application/json"
    assert "filename=service-satisfaction-1.json" in answer.headers["Content-Disposition"]
    assert answer.json["slug"] == "service-satisfaction"
    assert answer.json["questions"] == version.document["questions"]


def test_pages_offer_the_file(enter):
    begun()
    client = enter("manager")
    offered = "/admin/questionnaires/service-satisfaction/versions/{}/file"
    assert offered.format(1) in client.get("/admin/questionnaires/service-satisfaction").text
    assert offered.format(2) in client.get("/admin/questionnaires/service-satisfaction/draft/").text
    assert client.get(offered.format(2)).json["questions"]


@pytest.mark.parametrize("path", ["nothing/versions/1/file", "service-satisfaction/versions/9/file"])
def test_an_unknown_version_is_not_found(enter, path):
    factories.version()
    assert enter("manager").get(f"/admin/questionnaires/{path}").status_code == 404


def test_an_exported_file_is_imported_unchanged(enter):
    client = enter("manager")
    for book in library_catalogue.entries():
        slug = book.document["slug"]
        drafting.create(slug, filing.version_content(book.document, slug))
        taken = client.get(f"/admin/questionnaires/{slug}/versions/1/file")
        answer = upload(client, taken.data)
        assert answer.status_code == 303
        assert answer.location == f"/admin/questionnaires/{slug}-2/draft/"
        page = client.get(answer.location, headers=EN).text
        assert "Imported as a draft. Customers see nothing until it is published." in page
        again = client.get(f"/admin/questionnaires/{slug}-2/versions/1/file").json
        assert again | {"slug": slug} == taken.json


def test_a_file_becomes_the_next_version_when_that_is_chosen(enter):
    factories.version()
    client = enter("manager")
    assert "Next version of “" in client.get(IMPORT, headers=EN).text
    assert upload(client, document(), "service-satisfaction").status_code == 303
    assert rows() == (1, 2)
    assert queries.published_number("service-satisfaction") == 1
    assert "Next version of “" not in client.get(IMPORT, headers=EN).text
    assert upload(client, document(), "service-satisfaction").status_code == 422
    assert upload(client, document(), "nothing").status_code == 422
    assert rows() == (1, 2)


def test_an_unfinished_file_becomes_a_draft_with_a_count_of_its_issues(enter):
    client = enter("manager")
    answer = upload(client, document(item("a", texts={"en": "Only"}), title={}))
    assert answer.status_code == 303
    assert "Fix 2 issues before publishing" in client.get(answer.location, headers=EN).text


HOSTILE = {
    "script as a key": (document(**{"<script>alert(1)</script>": 1}), "Unknown item"),
    "Invalid JSON: line": (b"PK\x03\x04", "JSON"),
    "too many questions": (document(*[item(f"q{n}") for n in range(10_000)]), "At most 300."),
    "deep": (b"[" * 200_000, "Brackets are nested too deep."),
    "duplicate": (document(item("a"), item("a")), "“a” is repeated."),
    "a number": (b'{"weights": {"quality": NaN}}', "text or a number"),
    "half a character": (b'{"title": {"zh": "\\ud800"}, "questions": []}', "cannot be shown"),
    "too large": (b" " * (filing.LARGEST + 1), "larger than 3 MB"),
    "wrong types": (document(title=5, languages={}, questions="x"), "This should be a list"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_list_of_problems_and_stores_nothing(enter, name):
    content, problem = HOSTILE[name]
    answer = upload(enter("administrator"), content)
    assert answer.status_code == 422
    assert problem in answer.text
    assert "<script>alert" not in answer.text
    assert "Not imported: the file has these errors." in answer.text
    assert rows() == (0, 0)


def test_the_list_of_problems_is_limited_and_says_so(enter):
    answer = upload(enter("manager"), document(*[item(f"Q{n}") for n in range(300)]))
    assert len(re.findall(r'<tr>\s*<th scope="row">', answer.text)) == 100
    assert "the first 100" in answer.text


def test_the_list_of_problems_is_in_the_language_of_the_screen(enter):
    client = enter("manager")
    client.set_cookie("locale", "zh_Hans_CN")
    assert zh("“%(key)s” is repeated.", key="a") in upload(client, document(item("a"), item("a"))).text


def test_script_in_texts_is_escaped(enter):
    client = enter("manager")
    evil = document(item("a", texts={"zh": "<script>alert(1)</script>"}), title={"zh": "<img src=x>"})
    answer = upload(client, evil)
    assert answer.status_code == 303
    for page in (answer.location, "/admin/questionnaires/", IMPORT):
        text = client.get(page).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_form_without_a_file_shows_an_error(enter):
    client = enter("manager")
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get(IMPORT).text)[1]
    answer = client.post(IMPORT, data={"csrf_token": token, "target": ""}, headers=EN)
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_import_nothing(enter, role):
    assert enter(role).get(IMPORT).status_code == 403

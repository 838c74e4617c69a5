import io

import openpyxl
import pytest

from survey.questionnaires import drafting
from survey.questionnaires.rules import translating
from tests import factories
from tests.admin.builder import DRAFT, EN, begun, draft, find, post

PAGE = f"{DRAFT}/languages/en"


@pytest.fixture
def client(embedded_app):
    begun()
    return factories.sign_in(embedded_app.test_client(), factories.staff("manager", factories.place("group")))


def exported(client, **changes):
    """Return the workbook as a translator sends it back; ``changes`` are texts by key (``__`` for ".")."""
    answer = client.get(f"{PAGE}/texts.xlsx", headers=EN)
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    for row in book.active.iter_rows(min_row=2):
        key = row[0].value.replace(".", "__")
        if key in changes:
            row[3].value = changes[key]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def upload(client, data, name="texts.xlsx", path=PAGE):
    return post(client, f"{path}/import", {"file": (io.BytesIO(data), name)})


def sealed(page):
    return {"rows": page.text.partition('name="rows" value="')[2].partition('"')[0]}


def test_texts_are_exported_as_a_workbook(client):
    answer = client.get(f"{PAGE}/texts.xlsx", headers=EN)
    assert answer.headers["Content-Disposition"] == "attachment; filename=service-satisfaction-en.xlsx"
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert rows[0] == ("key", "where", "zh 中文", "en English")
    assert rows[2] == ("quality.texts", "Question 1", "服务质量", "Service quality")
    assert len(rows) == 1 + len(translating.pieces(draft().document))


def test_a_workbook_is_previewed_and_written_on_confirmation(client):
    before = draft().document
    page = upload(client, exported(client, quality__texts="The service", title="=1+1"))
    assert page.status_code == 200
    assert "Import 1 text" in page.text
    assert "The service" in page.text
    assert "The cell contains a formula, not text." in page.text
    assert draft().document == before
    answer = post(client, f"{PAGE}/import/confirmation", sealed(page))
    assert answer.location.endswith("languages/?language=en")
    assert "1 text imported." in client.get(answer.location, headers=EN).text
    assert find("quality")["texts"] == {"zh": "服务质量", "en": "The service"}
    assert draft().document["title"] == before["title"]
    post(client, f"{PAGE}/undo", {"revision": draft().revision})
    assert draft().document == before


def test_a_file_without_changes_changes_nothing(client):
    page = upload(client, exported(client, quality__texts=None))
    assert "The file contains no changes." in page.text
    assert "Import 0" not in page.text


def test_a_translation_of_a_text_that_has_changed_is_left_out_with_its_row(client):
    data = exported(client, quality__texts="The service")
    edit = {"quality.texts": (translating.digest("服务质量"), "服务的质量")}
    drafting.change(draft().id, "texts", lambda document: translating.write(document, "zh", edit))
    page = upload(client, data)
    assert "The original has changed to: “服务的质量”." in page.text
    assert "<li>Row 3 · " in page.text
    assert "The service" not in page.text


def test_nothing_is_written_when_the_draft_has_changed_since_the_preview(client):
    page = upload(client, exported(client, quality__texts="The service", value__texts="Worth"))
    edit = {"quality.texts": (translating.digest("Service quality"), "Hers")}
    drafting.change(draft().id, "texts", lambda document: translating.write(document, "en", edit))
    again = post(client, f"{PAGE}/import/confirmation", sealed(page))
    assert again.status_code == 409
    assert "The draft has changed" in again.text
    assert "Hers" in again.text
    assert find("quality")["texts"]["en"] == "Hers"
    assert post(client, f"{PAGE}/import/confirmation", sealed(again)).status_code == 303
    assert (find("quality")["texts"]["en"], find("value")["texts"]["en"]) == ("The service", "Worth")


@pytest.mark.parametrize("data", [b"", b"key,zh,en", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_rejected_with_a_sentence(client, data):
    before = draft().document
    answer = upload(client, data)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert draft().document == before


def test_a_workbook_of_other_languages_is_rejected(client):
    data = exported(client)
    drafting.change(draft().id, "languages", lambda document: translating.add_language(document, "ug"))
    answer = upload(client, data, path=f"{DRAFT}/languages/ug")
    assert "The file has texts in “en”, but this page is for “ug”." in answer.text
    drafting.change(draft().id, "languages", lambda document: translating.make_default(document, "ug"))
    answer = upload(client, data)
    assert "The file is translated from “zh”, but the default language is “ug”." in answer.text


@pytest.mark.parametrize("rows", ["", "x", "eyJyb3dzIjpbXX0.x.y"])
def test_a_forged_confirmation_writes_nothing(client, rows):
    before = draft().document
    answer = post(client, f"{PAGE}/import/confirmation", {"rows": rows})
    assert answer.location.endswith("/en/import")
    assert draft().document == before


def test_a_user_cannot_confirm_the_preview_of_another_user(client, embedded_app):
    page = upload(client, exported(client, quality__texts="The service"))
    other = factories.sign_in(embedded_app.test_client(), factories.staff())
    assert post(other, f"{PAGE}/import/confirmation", sealed(page)).location.endswith("/en/import")
    assert find("quality")["texts"]["en"] == "Service quality"


def test_the_default_language_has_no_translation_file(client):
    for path in ("texts.xlsx", "import"):
        assert client.get(f"{DRAFT}/languages/zh/{path}").status_code == 404
        assert client.get(f"{DRAFT}/languages/ug/{path}").status_code == 404


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_export_texts_and_import_none(client, embedded_app, role):
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    assert reader.get(f"{PAGE}/texts.xlsx").status_code == 200
    assert reader.get(f"{PAGE}/import").status_code == 403
    for path in ("import", "import/confirmation"):
        assert post(reader, f"{PAGE}/{path}").status_code == 403

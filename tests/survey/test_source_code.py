"""Everybody who uses the product over a network is offered its source code, as the licence asks."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from survey import source_code
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
OFFERS = {"zh": '<a href="/source">源代码</a>', "en": '<a href="/source">Source code</a>'}


@pytest.fixture
def link() -> str:
    return f"/s/{factories.link().code}"


@pytest.fixture
def signed_in(embedded_client):
    user = factories.staff("administrator")
    with embedded_client.session_transaction() as session:
        session["_user_id"] = str(user.get_id())
    return embedded_client


@pytest.mark.parametrize("language", OFFERS)
@pytest.mark.parametrize("path", ["/s/unknown", "/w/", "/w/sign-in", "/admin/sign-in", "/admin/unknown"])
def test_a_page_offers_the_source_code_in_its_language(embedded_client, path, language):
    reply = embedded_client.get(path, headers={"Accept-Language": language}, follow_redirects=True)
    assert OFFERS[language] in reply.text


@pytest.mark.parametrize("language", OFFERS)
def test_the_answer_page_offers_the_source_code(embedded_client, link, language):
    assert OFFERS[language] in embedded_client.get(f"{link}?lang={language}").text


def test_a_staff_page_offers_the_source_code(signed_in):
    reply = signed_in.get("/admin/account", headers={"Accept-Language": "en"})
    assert reply.status_code == 200
    assert OFFERS["en"] in reply.text


def test_an_operator_may_name_an_address_of_their_own(new_application, new_settings, tmp_path):
    settings = new_settings(f"sqlite:///{tmp_path / 'empty.db'}", source_url="https://example.org/huiyin")
    client = new_application(settings).test_client()
    page = client.get("/admin/unknown", headers={"Accept-Language": "en"})
    assert '<a href="https://example.org/huiyin">Source code</a>' in page.text
    assert client.get("/source").status_code == 404


def test_the_server_sends_the_code_that_it_runs(embedded_client):
    reply = embedded_client.get("/source")
    assert reply.mimetype == "application/gzip"
    assert "attachment" in reply.headers["Content-Disposition"]
    with tarfile.open(fileobj=io.BytesIO(reply.data)) as archive:
        for name in ("wsgi.py", "LICENSE", "survey/source_code.py", "templates/base.html", "setup.py"):
            sent = archive.extractfile(f"huiyin-source/{name}")
            assert sent is not None
            assert sent.read() == (ROOT / name).read_bytes()
        assert {(member.uid, member.uname) for member in archive} == {(0, "")}


def test_the_source_code_holds_texts_that_can_be_edited_and_nothing_compiled():
    names = set(source_code.sources())
    assert "translations/zh_Hans_CN/LC_MESSAGES/messages.po" in names
    assert [name for name in names if name.endswith((".mo", ".pyc"))] == []


def test_the_source_code_leaves_out_data_and_secrets(tmp_path: Path):
    package = tmp_path / "survey"
    for name in ("survey/rules.py", "admin/page.py", "instance/secret_key", ".env", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    there = {name for name, path in source_code.sources(package).items() if path.exists()}
    assert there == {"survey/rules.py", "admin/page.py"}

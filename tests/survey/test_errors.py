import pytest
from flask import abort, request

from survey.errors import TEXTS
from tests import factories


@pytest.fixture(scope="module")
def failing(new_application, new_settings, new_database):
    """An application that is not being tested, so that errors become pages."""
    app = new_application(new_settings(new_database("sqlite"), testing=False))

    @app.get("/fail/<int:code>")
    @app.get("/admin/fail/<int:code>")
    def fail(code: int) -> str:
        abort(code)

    @app.get("/crash")
    @app.get("/admin/crash")
    def crash() -> str:
        raise LookupError("the phone is 13800138000")

    @app.post("/swallow")
    def swallow() -> str:
        return str(len(request.form))

    return app


@pytest.mark.parametrize("code", [code for code in TEXTS if code != 405])
@pytest.mark.parametrize("area", ["", "/admin"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_error_has_a_page_in_words(failing, area, code, language):
    reply = failing.test_client().get(f"{area}/fail/{code}", headers={"Accept-Language": language})
    title, text = TEXTS[code]
    assert reply.status_code == code
    assert reply.headers["Cache-Control"] == "no-store"
    if language == "en":
        assert f"<h1>{title}</h1>" in reply.text
        assert str(text) in reply.text
    assert ("admin." in reply.text) == (area == "/admin"), "staff see the staff's looks"


@pytest.mark.parametrize("path", ["/crash", "/admin/crash"])
def test_an_unexpected_error_tells_nothing_but_a_number(failing, path):
    reply = failing.test_client().get(path, headers={"Accept-Language": "en"})
    assert reply.status_code == 500
    assert "13800138000" not in reply.text
    assert "LookupError" not in reply.text
    assert "Error ID: " in reply.text


def test_when_the_page_of_an_error_fails_there_is_still_an_answer(failing, monkeypatch):
    monkeypatch.setattr("survey.errors.render_template", lambda *_a, **_k: 1 / 0)
    reply = failing.test_client().get("/nothing")
    assert reply.status_code == 404
    assert "<h1>404</h1>" in reply.text


def test_a_wrong_method_says_which_are_right(failing):
    reply = failing.test_client().delete("/admin/account")
    assert reply.status_code == 405
    assert {"GET", "POST"} <= set(reply.headers["Allow"].split(", "))
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"


def test_too_large_a_form_is_refused_before_it_is_read(failing):
    big = {"a": "x" * 5_000_000}
    assert failing.test_client().post("/swallow", data=big).status_code == 413


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", "a b", ""])
@pytest.mark.parametrize("path", ["/admin/sign-in", "/nothing"])
def test_a_host_that_is_not_ours_is_refused_with_a_page(failing, host, path):
    reply = failing.test_client().get(path, headers={"Host": host, "Accept-Language": "en"})
    assert reply.status_code == 400
    assert "Invalid request" in reply.text
    assert "evil" not in reply.text


def test_unknown_and_out_of_reach_look_the_same(failing):
    client = failing.test_client()
    assert client.get("/nothing").text == client.get("/nothing/at/all").text


def test_redirects_stay_redirects(embedded_client):
    assert embedded_client.get("/admin").status_code == 308
    factories.sign_in(embedded_client, factories.staff())
    assert embedded_client.get("/admin/sign-in").status_code == 302

from __future__ import annotations

from flask import Flask, session

from survey.sessions import Sessions


def make() -> Flask:
    app = Flask(__name__)
    app.secret_key = "a secret for tests only, 32 bytes"
    app.session_interface = Sessions(app)
    app.add_url_rule("/customer", view_func=lambda: "nothing", endpoint="customer")
    app.add_url_rule("/read", view_func=lambda: str(session.get("n", 0)), endpoint="read")
    app.add_url_rule("/write", view_func=lambda: session.update(n=7) or "written", endpoint="write")
    return app


def test_a_page_that_looks_at_no_session_sends_no_cookie_and_no_vary():
    client = make().test_client()
    client.get("/write")
    answer = client.get("/customer")
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers


def test_what_is_written_is_read_again_and_varies_by_cookie():
    client = make().test_client()
    assert "Set-Cookie" in client.get("/write").headers
    answer = client.get("/read")
    assert answer.text == "7"
    assert answer.headers["Vary"] == "Cookie"


def test_a_forged_session_is_none():
    client = make().test_client()
    client.get("/write")
    cookie = client.get_cookie("session")
    client.set_cookie("session", cookie.value[:-3] + "AAA")
    assert client.get("/read").text == "0"

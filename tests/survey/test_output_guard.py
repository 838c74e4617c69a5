"""A reply that is no page and that nobody declared becomes an error."""

import pytest
from flask import Response, redirect

from survey import output_guard
from survey.outgoing import declared_reply


@pytest.fixture
def app(new_application, new_settings, new_database):
    """An application to which somebody added views, in earnest: an error is a page."""
    app = new_application(new_settings(new_database("sqlite"), testing=False))

    @app.get("/page")
    def page() -> str:
        return "<p>fine"

    @app.get("/document")
    def document() -> dict[str, str]:
        return {"phone": "13800138000"}

    @app.get("/file")
    def file() -> Response:
        return Response("13800138000", headers={"Content-Disposition": "attachment"})

    @app.get("/away")
    def away() -> object:
        return redirect("/page")

    @app.get("/nothing")
    def nothing() -> Response:
        return Response(status=204, mimetype="text/plain")

    return app


@pytest.mark.parametrize("path", ["/document", "/file"])
def test_a_reply_that_nobody_declared_does_not_leave(app, path):
    reply = app.test_client().get(path)
    assert reply.status_code == 500
    assert "13800138000" not in reply.text


@pytest.mark.parametrize(("path", "status"), [("/page", 200), ("/away", 302), ("/nothing", 204)])
def test_pages_and_empty_replies_leave(app, path, status):
    assert app.test_client().get(path).status_code == status


def test_a_declared_reply_leaves_as_what_it_was_declared(app):
    output_guard.declare(
        app, {"document": declared_reply("application/json"), "file": declared_reply("text/csv")}
    )
    assert app.test_client().get("/document").json == {"phone": "13800138000"}
    assert app.test_client().get("/file").status_code == 500


def test_what_is_not_found_is_a_page(app):
    assert app.test_client().get("/no-such-page").status_code == 404

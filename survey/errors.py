"""Pages for requests that we cannot fulfil; they disclose nothing that the client should not know."""

import logging

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

PLAIN = "survey/error.html"
TEXTS: dict[int, tuple[LazyString, LazyString]] = {
    400: (_("Invalid request"), _("Please go back, reload the page and try again.")),
    403: (
        _("You do not have access to this page"),
        _("Your role does not have access. Ask an administrator if you need it."),
    ),
    404: (_("Page not found"), _("Please check the address, or scan the code again.")),
    405: (_("This is not supported"), _("Please go back, reload the page and try again.")),
    410: (_("This page no longer exists"), _("It has been deactivated.")),
    413: (
        _("Too much content"),
        _("What you submitted is too large. Please shorten it and submit it again."),
    ),
    415: (_("Unsupported type of content"), _("Please go back, reload the page and try again.")),
    422: (
        _("Some of the content is not valid"),
        _("Please go back, check your entries and submit them again."),
    ),
    429: (_("Too many attempts"), _("Please wait a while, then try again.")),
    500: (_("Something went wrong"), _("The error was logged. Please try again in a moment.")),
}
# Sent when even the page of an error cannot be rendered.
BARE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Error</title><h1>{code}</h1>'


class Explained(HTTPException):
    """An error with a text of its own: ``raise Explained(429, title, text, {"Retry-After": "60"})``."""

    def __init__(
        self,
        code: int,
        title: LazyString | str,
        text: LazyString | str,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.code = code
        self.title = title
        self.text = text
        self.headers = headers or {}


def init_app(app: Flask) -> None:
    app.config["ERROR_PAGES"] = {}
    app.register_error_handler(HTTPException, page)


def use(app: Flask, area: str, template: str) -> None:
    """Render errors at addresses that begin with ``area`` with ``template``."""
    app.config["ERROR_PAGES"][area] = template


def page(error: HTTPException) -> BaseResponse | HTTPException:
    """Return the page of ``error``; an exception that is no error (a redirect, a ready response) is returned
    unchanged."""
    if error.response is not None or error.code is None or error.code < 400:
        return error
    response = _render(error)
    response.status_code = error.code
    response.headers["Cache-Control"] = "no-store"
    for name, value in _headers(error).items():
        response.headers[name] = value
    return response


def _render(error: HTTPException) -> Response:
    code = int(error.code or 500)
    title, text = TEXTS.get(code) or TEXTS[500 if code >= 500 else 400]
    if isinstance(error, Explained):
        title, text = error.title, error.text
    try:
        html = render_template(
            _template(),
            code=code,
            title=title,
            text=text,
            number=g.get("request_id") if code >= 500 else None,
        )
    except Exception:
        logging.getLogger(__name__).exception("the page of an error failed")
        html = BARE.format(code=code)
    return make_response(html)


def _template() -> str:
    """Return the template of the area, or PLAIN for a host that is not ours: no address can be built then."""
    if isinstance(request.routing_exception, HTTPException) and request.routing_exception.code == 400:
        return PLAIN
    pages: dict[str, str] = current_app.config["ERROR_PAGES"]
    return next((page for area, page in pages.items() if request.path.startswith(area)), PLAIN)


def _headers(error: HTTPException) -> dict[str, str]:
    """Return the headers that belong to the error, as ``Allow`` does to 405."""
    if isinstance(error, Explained):
        return error.headers
    return {name: value for name, value in error.get_headers() if name.lower() not in {"content-type"}}

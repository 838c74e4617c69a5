"""Refuse to send a reply that is neither a page nor declared in outgoing.py."""

from collections.abc import Mapping

from flask import Flask, Response, current_app, request

from .outgoing import FILES, DeclaredReply, Undeclared

PAGE = "text/html"
EMPTY = frozenset({204, 304})
DECLARED = "outgoing"


def init_app(app: Flask) -> None:
    """Declare the replies of customers' pages, and check every reply."""
    app.extensions[DECLARED] = {}
    declare(app, FILES)
    app.after_request(_refuse_undeclared)


def declare(app: Flask, files: Mapping[str, DeclaredReply]) -> None:
    """Let these endpoints send replies that are no page."""
    app.extensions[DECLARED].update(files)


def _refuse_undeclared(response: Response) -> Response:
    """Return the response. Raises Undeclared, which becomes an error page, when it may not be sent."""
    attached = "Content-Disposition" in response.headers
    is_page = response.mimetype == PAGE and not attached
    if is_page or response.status_code in EMPTY or 300 <= response.status_code < 400:
        return response
    declared: DeclaredReply | None = current_app.extensions[DECLARED].get(request.endpoint)
    if declared is None or (declared.media and response.mimetype not in declared.media):
        raise Undeclared(f"{request.endpoint} sends {response.mimetype}")
    return response

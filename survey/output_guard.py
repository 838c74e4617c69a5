"""What no view of ours sends: a reply that is no page, and that nobody declared, does not leave."""

from collections.abc import Mapping

from flask import Flask, Response, current_app, request

from .outgoing import FILES, Sent, Undeclared

PAGE = "text/html"
EMPTY = frozenset({204, 304})
DECLARED = "outgoing"


def init_app(app: Flask) -> None:
    """Declares the replies of customers' pages, and looks at every reply."""
    app.extensions[DECLARED] = {}
    declare(app, FILES)
    app.after_request(_refuse_undeclared)


def declare(app: Flask, files: Mapping[str, Sent]) -> None:
    """Lets these endpoints send what is no page."""
    app.extensions[DECLARED].update(files)


def _refuse_undeclared(response: Response) -> Response:
    """Raises Undeclared, which is answered by an error, for a reply that may not leave."""
    attached = "Content-Disposition" in response.headers
    is_page = response.mimetype == PAGE and not attached
    if is_page or response.status_code in EMPTY or 300 <= response.status_code < 400:
        return response
    declared: Sent | None = current_app.extensions[DECLARED].get(request.endpoint)
    if declared is None or (declared.media and response.mimetype not in declared.media):
        raise Undeclared(f"{request.endpoint} sends {response.mimetype}")
    return response

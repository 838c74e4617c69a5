"""Requests by htmx for a part of a page."""

from flask import Response, request


def wants_partial() -> bool:
    """Return whether htmx requests a part of the page. When it restores history, it needs the whole page."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def vary(response: Response) -> Response:
    """Keep caches from mixing up a page and its part, which have the same address; return the response."""
    response.vary.add("HX-Request")
    return response

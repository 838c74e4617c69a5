"""What we ask of htmx requests."""

from flask import Response, request


def wants_partial() -> bool:
    """True when htmx asks for a part of the page, not when it restores history (it then wants all)."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def vary(response: Response) -> Response:
    """Keeps caches from mixing a page with its part: both have the same address."""
    response.vary.add("HX-Request")
    return response

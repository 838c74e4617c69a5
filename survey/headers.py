"""Headers that every reply carries, so that a browser holds its part of the defence."""

from flask import Flask, Response, request

CSP = "Content-Security-Policy"


def _policy(frames: str = "'none'", framed_by: str = "'none'") -> str:
    return "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data:",  # the icon of the customers' pages, which saves them a request
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {framed_by}",
            f"frame-src {frames}",
            "object-src 'none'",
        )
    )


POLICY = _policy()
FRAMING = _policy(frames="'self'")
"""Of a page that shows another of ours in a frame."""
FRAMED = _policy(framed_by="'self'")
"""Of the page in the frame."""
ALWAYS = {
    CSP: POLICY,
    "X-Content-Type-Options": "nosniff",
    # Addresses of links and invitations never leave for another site.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")


def always(https: bool) -> list[tuple[str, str]]:
    """The headers of every reply, pages and errors alike."""
    return [*ALWAYS.items(), *([TRANSPORT] if https else [])]


def init_app(app: Flask, https: bool, private: str) -> None:
    """Adds the headers to every reply; what lies under the path ``private`` is kept by no cache.

    A view may set any of them itself, as the content security policy to FRAMING or FRAMED.
    """
    common = always(https)

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers.extend([(name, value) for name, value in common if name not in headers])
        if request.path.startswith(private):
            headers["Cache-Control"] = "no-store"
        return response

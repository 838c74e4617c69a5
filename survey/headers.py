"""Security headers of every reply."""

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
"""The policy of a page that shows another page of ours in a frame."""
FRAMED = _policy(framed_by="'self'")
"""The policy of the page in the frame."""
ALWAYS = {
    CSP: POLICY,
    "X-Content-Type-Options": "nosniff",
    # Addresses of links and invitations are never sent to another site.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")


def common_headers(https: bool) -> list[tuple[str, str]]:
    """Return the headers of every reply, pages and errors alike."""
    return [*ALWAYS.items(), *([TRANSPORT] if https else [])]


def init_app(app: Flask, https: bool, private: str) -> None:
    """Add the headers to every reply, and forbid caching below the path ``private``.

    A view may set any of them itself, such as the content security policy to FRAMING or FRAMED.
    """
    common = common_headers(https)

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers.extend([(name, value) for name, value in common if name not in headers])
        if request.path.startswith(private):
            headers["Cache-Control"] = "no-store"
        return response

import pytest

from survey.headers import POLICY


@pytest.mark.parametrize("path", ["/admin/sign-in", "/healthz", "/nothing/here", "/admin/nothing"])
def test_every_reply_carries_the_headers(embedded_client, path):
    headers = embedded_client.get(path).headers
    assert headers.getlist("Content-Security-Policy") == [POLICY]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_the_policy_allows_nothing_inline_and_nobody_elses():
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    for part in ("default-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"):
        assert part in POLICY


def test_staff_pages_are_kept_by_no_cache(embedded_client):
    assert embedded_client.get("/admin/sign-in").headers["Cache-Control"] == "no-store"


def test_over_https_browsers_are_told_to_stay_there_and_the_cookie_is_bound_to_the_host(
    new_application, new_settings, new_database
):
    app = new_application(new_settings(new_database("sqlite"), public_url="https://example.com"))
    reply = app.test_client().get("/admin/sign-in", base_url="https://localhost")
    assert reply.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookie = reply.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie

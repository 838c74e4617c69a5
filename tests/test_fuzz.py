"""Nothing that a client can send ends in a 500 or takes long: junk of every kind to every route, drawn anew
in the same way each run."""

from __future__ import annotations

import re
import time
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.admin.test_access import address

# Seconds of computing for a reply, by this thread and at the quickest of some times: a busy machine, another
# test's thread or Python clearing away what 5,000 tests left make any reply slow once.
SLOWEST = 1.0
TIMES = 3
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE")
KINDS = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain",
    "",
)
FIELDS = (
    "csrf_token",
    "page",
    "claim",
    "overall",
    "nps",
    "comment",
    "username",
    "password",
    "locale",
    "next",
    "token",
    "phone",
    "code",
)


class Large(bytes):
    """A megabyte that Hypothesis tells in a line."""

    def __repr__(self) -> str:
        return f"<{len(self):,} bytes>"


junk = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ("%00", "%ff%fe", "..%2f..%2f", "\u202e\u2066", "9" * 400, "-1", "0x", "NaN", "' OR 1=1--")
    ),
    st.text("0123456789-._~/%", max_size=20),
)
header_text = st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\r\n"), max_size=60
)
headers = st.fixed_dictionaries(
    {},
    optional={
        "Cookie": header_text,
        "Accept-Language": header_text,
        "Referer": header_text,
        "X-Forwarded-For": header_text,
        "X-CSRFToken": header_text,
        "HX-Request": st.just("true"),
        "Range": header_text,
        "If-Modified-Since": header_text,
        "Content-Encoding": st.just("gzip"),
    },
)
bodies = st.one_of(
    st.binary(max_size=300),
    st.dictionaries(st.sampled_from(FIELDS), junk, max_size=6),
    st.just(Large(b"comment=" + b"x" * 1_000_000)),
    st.just(b"comment=%ff%fe%00&overall=%e2%80%ae"),
    st.just(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'),
    st.just(b"&".join(b"a=b" for _ in range(3000))),
)


@cache
def routes(app) -> list[str]:
    return sorted({rule.rule for rule in app.url_map.iter_rules()})


@st.composite
def requests(draw, rules: list[str]) -> dict:
    rule = draw(st.sampled_from(rules))
    path = re.sub(r"<[^>]+>", lambda _m: draw(junk), rule) if draw(st.booleans()) else rule
    if draw(st.integers(0, 5)) == 0:
        path += draw(junk)
    body = draw(bodies)
    return {
        "path": "/" + path.lstrip("/"),
        "query_string": draw(
            st.one_of(st.just(""), junk, st.just("lang=%ff&next=//x&page=-1&from=x&to=9999-99-99"))
        ),
        "method": draw(st.sampled_from(METHODS)),
        "headers": draw(headers),
        "data": body,
        "content_type": None if isinstance(body, dict) else draw(st.sampled_from(KINDS)) or None,
    }


def check(client, request: dict) -> None:
    took = SLOWEST
    for _ in range(TIMES):
        if took < SLOWEST:
            break
        began = time.thread_time()
        reply = client.open(**request, buffered=True)
        took = time.thread_time() - began
        assert reply.status_code < 500, request
    assert took < SLOWEST, (took, request)


@pytest.mark.parametrize("person", ["customer", "administrator", "manager"])
def test_nothing_that_is_sent_breaks_us(embedded_app, person, monkeypatch):
    """Without the token's guard, so that the junk reaches the views behind it."""
    monkeypatch.setattr("flask_wtf.csrf.validate_csrf", lambda *_a, **_k: None)
    link = factories.link()
    client = embedded_app.test_client()
    if person != "customer":
        factories.sign_in(client, factories.staff(person, link.place if person == "manager" else None))
    rules = [
        rule.replace("<code>", link.code) if rule.startswith("/s/") else rule
        for rule in routes(embedded_app)
        if not rule.endswith("/sign-out") and (person == "customer") != rule.startswith("/admin/")
    ]
    rules += [rule for rule in routes(embedded_app) if "<" in rule]

    @settings(
        max_examples=150,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(rules))
    def attempt(request: dict) -> None:
        check(client, request)

    attempt()


def test_every_route_bears_its_plain_address_and_every_method(embedded_app):
    client = factories.sign_in(embedded_app.test_client(), factories.staff())
    for rule in embedded_app.url_map.iter_rules():
        if rule.endpoint == "admin.sign_out":
            continue
        for method in METHODS:
            reply = client.open(address(rule), method=method, buffered=True)
            assert reply.status_code < 500, (rule.rule, method)

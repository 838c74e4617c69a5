"""Tests that every staff page declares who may enter and rejects all others.

The pages are enumerated from the application, so that none is forgotten.
"""

from __future__ import annotations

import re

import pytest
from werkzeug.routing import Rule

from admin import auditing
from survey.people.models import PLACED, ROLES
from tests import factories

NOBODY = "nobody"
ANYBODY = ("anybody",)


def rules(app, area: str = "/admin") -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(area)]


def address(rule: Rule) -> str:
    """Return an address under ``rule``, of objects that do not exist."""
    path = re.sub(r"<(?:int|float)(?:\(.*?\))?:\w+>", "999999", rule.rule)
    path = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000", path)
    path = re.sub(r"<any\((\w+)[^)]*\):\w+>", r"\1", path)
    return re.sub(r"<[^>]+>", "nothing-here", path)


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def test_every_staff_page_declares_who_may_enter(embedded_app):
    assert len(rules(embedded_app)) >= 6
    silent = [
        r.endpoint
        for r in rules(embedded_app)
        if not hasattr(embedded_app.view_functions[r.endpoint], "allowed_roles")
    ]
    assert silent == []
    for rule in rules(embedded_app):
        allowed = embedded_app.view_functions[rule.endpoint].allowed_roles
        assert allowed == ANYBODY or (allowed and set(allowed) <= set(ROLES)), rule.endpoint


def test_few_pages_are_open_to_anybody(embedded_app):
    views = embedded_app.view_functions
    is_open = {r.endpoint for r in rules(embedded_app) if views[r.endpoint].allowed_roles == ANYBODY}
    sealed = {"first_administrator.show", "first_administrator.create"}
    """Anybody with a sealed link may enter (tests/admin/account/test_first_administrator.py)."""
    assert is_open == {"admin.sign_in", "admin.sign_in_post", "admin.language"} | sealed


def visit(client, rule: Rule, method: str) -> int:
    data = {"csrf_token": token(client)} if method == "POST" else None
    return client.open(address(rule), method=method, data=data).status_code


def token(client) -> str:
    pages = (client.get(page).text for page in ("/admin/account", "/admin/sign-in"))
    tokens = (re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page) for page in pages)
    return next(match[1] for match in tokens if match)


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_pages_let_in_only_the_roles_that_they_declare(embedded_app, role):
    wrong = []
    for rule in rules(embedded_app):
        allowed = embedded_app.view_functions[rule.endpoint].allowed_roles
        if allowed == ANYBODY or rule.endpoint == "admin.sign_out":
            continue
        for method in methods(rule):
            client = embedded_app.test_client()
            if role != NOBODY:
                factories.sign_in(client, staff_of(role))
            code = visit(client, rule, method)
            if role == NOBODY:
                good = code == 302
            elif role in allowed:
                good = code in {200, 204, 302, 303, 400, 404, 410, 422}
            else:
                good = code == 403
            if not good:
                wrong.append((rule.rule, method, code))
    assert wrong == []


def staff_of(role: str):
    from survey.people.queries import staff

    user = next((person for person in staff() if person.role == role), None)
    return user or factories.staff(role, factories.place() if role in PLACED else None)


def test_every_post_without_a_token_is_rejected_and_writes_nothing(embedded_app):
    from sqlalchemy import event

    from survey.db import db

    person = factories.staff()
    written: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN", "WITH")):
            written.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for rule in embedded_app.url_map.iter_rules():
            if "POST" not in (rule.methods or ()) or rule.endpoint.startswith("answering."):
                continue
            for headers in ({}, {"HX-Request": "true"}, {"X-CSRFToken": "wrong"}):
                client = factories.sign_in(embedded_app.test_client(), person)
                reply = client.post(
                    address(rule), headers={**headers, "Accept-Language": "en"}, data={"a": "b"}
                )
                assert reply.status_code == 400, rule.rule
                assert "This page has expired" in reply.text
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert written == []


def test_every_act_of_staff_has_a_name_in_words(embedded_app):
    """Each package of staff pages declares its acts, and the audit log shows their names."""
    acts_in_words = embedded_app.extensions[auditing.ACTS]
    views, explicit = (
        embedded_app.view_functions,
        {"admin.sign_in_post": "sign-in", "admin.sign_out": "sign-out"},
    )
    acts = {
        explicit.get(rule.endpoint, rule.endpoint)
        for rule in rules(embedded_app)
        if set(methods(rule)) - {"GET"} or hasattr(views[rule.endpoint], "logged")
    }
    assert sorted(acts - acts_in_words.keys()) == []
    assert sorted(acts_in_words.keys() - acts - {"sign-in failed"}) == []


def test_a_token_in_the_header_is_accepted(embedded_app):
    client = factories.sign_in(embedded_app.test_client(), factories.staff())
    headers = {"X-CSRFToken": token(client), "HX-Request": "true"}
    assert client.post("/admin/language", headers=headers, data={"locale": "en"}).status_code == 303
    other = factories.sign_in(embedded_app.test_client(), factories.staff())
    assert other.post("/admin/language", headers=headers, data={"locale": "en"}).status_code == 400


def test_only_customers_pages_need_no_csrf_token(embedded_app):
    """Customers' pages have signed tokens of their own (tests/survey/answering, tests/survey/wallets)."""
    from admin import csrf

    assert csrf._exempt_views == set()
    assert {blueprint.name for blueprint in csrf._exempt_blueprints} == {"answering", "wallets"}

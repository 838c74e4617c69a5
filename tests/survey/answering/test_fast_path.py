"""The fast path answers as the view does, only sooner."""

import io
import re
from contextlib import redirect_stderr

import pytest

import wsgi
from survey.db import db
from tests import factories


@pytest.fixture
def app(embedded_app, new_settings):
    """An application that caches links."""
    app = wsgi.create_app(new_settings(embedded_app.config["SETTINGS"].database_url, link_seconds=60))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def link(embedded_app):
    return factories.link()


def visit(app, link, **options):
    return app.test_client(use_cookies=False).get(f"/s/{link.code}", **options)


def without_tokens(text):
    return re.sub(r"(name=page|name=claim) value=[^>]+", r"\1", text)


def test_the_second_page_comes_from_the_fast_path_and_is_the_same(app, link):
    first, second = visit(app, link), visit(app, link)
    assert without_tokens(first.text) == without_tokens(second.text)
    assert first.text != second.text
    left, right = dict(first.headers), dict(second.headers)
    left.pop("Vary", None)  # nothing of it is cached
    assert left.pop("Set-Cookie")[:5] == right.pop("Set-Cookie")[:5]
    assert left == right


def test_the_fast_path_uses_the_browser_s_language(app, link):
    for _ in range(2):
        assert "Service quality" in visit(app, link, headers={"Accept-Language": "en"}).text
        assert "服务质量" in visit(app, link, headers={"Accept-Language": "zh-CN"}).text


def test_the_fast_path_rejects_foreign_hosts(app, link):
    visit(app, link)
    assert visit(app, link, headers={"Host": "evil.example"}).status_code == 400


def test_a_page_from_the_fast_path_can_be_submitted(app, link):
    visit(app, link)
    page = visit(app, link)
    tokens = dict(re.findall(r"name=(page|claim) value=([^>]+)>", page.text))
    reply = app.test_client().post(f"/s/{link.code}", data=tokens | {"quality": "5"})
    assert reply.status_code == 303


def test_the_fast_path_logs_the_same_line(app, link):
    visit(app, link)
    written = io.StringIO()
    with redirect_stderr(written):
        visit(app, link)
    assert '"route": "/s/<code>", "status": 200' in written.getvalue()
    assert link.code not in written.getvalue()


def test_the_fast_path_passes_on_other_methods(app, link):
    visit(app, link)
    assert app.test_client().head(f"/s/{link.code}").status_code == 200
    assert app.test_client().delete(f"/s/{link.code}").status_code == 405

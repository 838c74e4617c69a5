"""A real server, a real browser, and the means to look at pages."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import flask_migrate
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from survey.db import db
from survey.places import queries as places
from survey.questionnaires.rules import careless
from survey.wallets import cookies
from survey.wallets.views.visitor import PATH, SESSION
from tests import factories
from tests.browser import chromium, company


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = chromium.installed()
    own = {"executable_path": path} if path else {}
    return browser_type_launch_args | own | {"args": ["--no-sandbox", "--disable-quic", "--no-first-run"]}


class Live:
    """The application, served; and a company in its database."""

    def __init__(self, app: Flask, url: str) -> None:
        self.app = app
        self.url = url
        with app.app_context():
            self.names = company.lay_out()
            region = places.place(self.names["region"])
            self._sessions = {
                role: factories.staff(role, region if role == "manager" else None).get_id()
                for role in ("administrator", "manager", "marketing", "auditor")
            }
            at = places.place(self.names["point"])
            self._sessions["counter"] = factories.staff("counter", at).get_id()
            self._sessions["bound"] = factories.staff("manager", places.place(self.names["empty"])).get_id()
            self._customer = company.customer(self.names)

    def address(self, path: str) -> str:
        return self.url + path.format(**self.names)

    def sign_in(self, context: BrowserContext, role: str) -> None:
        """Gives the browser a session of somebody with ``role`` ("": of nobody), without the form."""
        context.clear_cookies(name="session")
        context.clear_cookies(name=SESSION)
        if not role:
            return
        if role == "customer":
            with self.app.app_context():
                value = cookies.seal_cookie(SESSION, self._customer, time.time())
            cookie = {"name": SESSION, "value": value, "domain": "127.0.0.1", "path": PATH}
            context.add_cookies([cookie])
            return
        session = {"_user_id": self._sessions[role], "_fresh": True, "_permanent": True}
        serializer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert serializer is not None
        value = str(serializer.dumps(session))
        context.add_cookies([{"name": "session", "value": value, "url": self.url}])


@pytest.fixture(autouse=True)
def nobody_is_hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """How fast a browser answers is the machine's affair, but whose answers are shown at once hangs on it:
    those of the hasty and of the others are counted apart, and a single response waits for its like."""
    monkeypatch.setattr(careless, "LEAST_SECONDS", 0.0)


@pytest.fixture(scope="session")
def live(new_application, new_settings, new_database) -> Iterator[Live]:
    """A server on a free port with its own SQLite database, one for each worker of the test run."""
    app = new_application(new_settings(new_database("sqlite"), testing=False))
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Live(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(browser: Browser, live: Live):
    """Opens a page as somebody: ``open_page("/admin/", role="manager", locale="en", dark=True)``."""
    contexts: list[BrowserContext] = []

    def visit(path: str, role: str = "", locale: str = "zh-CN", dark: bool = False, **options) -> Page:
        options = {"viewport": {"width": 390, "height": 844}, **options}
        scheme = "dark" if dark else "light"
        context = browser.new_context(locale=locale, color_scheme=scheme, reduced_motion="reduce", **options)
        contexts.append(context)
        live.sign_in(context, role)
        page = context.new_page()
        page.goto(live.address(path))
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def axe():
    """Fails when axe finds a violation: ``axe(page)``."""
    checker = Axe()

    def look(page: Page) -> None:
        result = checker.run(page)
        assert result.violations_count == 0, f"{page.url}: {result.generate_report()}"

    return look

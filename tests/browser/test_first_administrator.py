"""A new installation in a browser: from the printed link to the first page of its administrator."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import flask_migrate
import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from survey import settings
from survey.db import db
from survey.people import first_administrator

PASSWORD = "four words make sense"


@pytest.fixture
def link(new_application, new_settings, new_database) -> Iterator[str]:
    """The link that a server with an empty database has printed."""
    app = new_application(new_settings(new_database("sqlite"), testing=False))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
        address = first_administrator.link(f"http://127.0.0.1:{server.server_port}", settings.now())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_first_administrator_comes_in_by_the_link_without_javascript(browser: Browser, link):
    context = browser.new_context(locale="en", java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    page.get_by_label("Full name").fill("王芳")
    page.get_by_label("Username").fill("wang")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_label("Username").fill("wang")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.url.endswith("/admin/indexes/")
    context.close()


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_page_is_accessible_and_fits_a_small_phone(browser: Browser, link, axe, locale, scheme):
    context = browser.new_context(
        locale=locale, color_scheme=scheme, viewport={"width": 320, "height": 844}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(link)
    axe(page)
    page.locator("form button.primary").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()

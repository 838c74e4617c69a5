"""Every page, in both languages and both colour schemes: axe and the browser find nothing to say.

A colour scheme changes colours and nothing else: of a page in the dark only its contrast is looked at again.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.pages import PAGES

NARROW, PHONE = ({"width": width, "height": 844} for width in (320, 390))
# What is seen and is wider than its place; tables of figures (.wide) may be pushed sideways.
CUT = """[...document.querySelectorAll('.scroll:not(.wide), nav ul, .tabs')]
    .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth)
    .map(one => one.ariaLabel || one.className || one.tagName)"""
# Where line breaks are kept, for what customers wrote, those of a template would show too.
BROKEN = """[...document.querySelectorAll('p')]
    .filter(text => getComputedStyle(text).whiteSpace.startsWith('pre') && text.children.length)
    .map(text => text.innerText)"""
CONTRAST = "axe.run(document, {runOnly: ['color-contrast'], resultTypes: ['violations']})"
AWAITED = "the server responded with a status of 4"  # some pages are refusals


@pytest.mark.parametrize("locale", ["zh-CN", pytest.param("en", marks=pytest.mark.slow)])
def test_every_page_is_accessible_fits_a_small_phone_and_obeys_its_own_policy(open_page, live, locale):
    page = open_page("/healthz", locale=locale)
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and AWAITED not in message.text:
            complaints.append(f"{page.url} says: {message.text}")

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(f"{page.url} fails: {error}"))
    for path, who, act in PAGES:
        live.sign_in(page.context, who)
        page.goto(live.address(path))
        if act is not None:
            act(page)
        language = page.locator("html").get_attribute("lang")
        if language != ("en" if locale == "en" else "zh-Hans-CN"):
            complaints.append(f"{page.url} speaks {language}")
        complaints += _found_by_axe(page) + _found_in_the_dark(page) + _too_wide(page) + _broken(page)
    assert not complaints, "\n".join(complaints)


def _found_by_axe(page: Page) -> list[str]:
    return _told(page, Axe().run(page))


def _found_in_the_dark(page: Page) -> list[str]:
    """After _found_by_axe(), which has brought axe into the page."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    result = AxeResults(page.evaluate(CONTRAST))
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return [f"in the dark {problem}" for problem in _told(page, result)]


def _broken(page: Page) -> list[str]:
    return [f"{page.url} breaks the lines of {note!r}" for note in page.evaluate(BROKEN)]


def _told(page: Page, result: AxeResults) -> list[str]:
    return [f"{page.url}: {result.generate_report()}"] if result.violations_count else []


def _too_wide(page: Page) -> list[str]:
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    cut = page.evaluate(CUT)
    page.set_viewport_size(PHONE)
    problems = [f"{page.url} is {width} wide on a phone of 320"] if width > NARROW["width"] else []
    return problems + [f"{page.url} cuts {element} on a phone of 320" for element in cut]


def test_days_are_asked_for_only_when_they_count(open_page):
    page = open_page("/admin/indexes/", role="administrator")
    page.click(".choose > summary")
    day = page.locator("[name=from]")
    assert not day.is_visible()
    page.select_option("[name=period]", "custom")
    assert day.is_visible()


def test_words_for_readers_alone_widen_no_page(open_page):
    """Such as "risen" in a cell of a table that is pushed sideways: unseen, they have their place there."""
    page = open_page("/admin/indexes/{group}?by=point", role="administrator")
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    page.locator(".wide td:last-child").first.evaluate(
        "one => one.insertAdjacentHTML('beforeend', '<span class=visually-hidden>risen</span>')"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 390

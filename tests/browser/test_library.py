"""The library with a script and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

LIBRARY = "/admin/questionnaires/-/library/"


def test_the_list_narrows_while_typing_without_a_reload_and_the_address_keeps_it(open_page):
    page = open_page(LIBRARY, role="manager", locale="en")
    page.evaluate("window.same = true")
    page.locator("#q").press_sequentially("R17")
    expect(page.get_by_role("row")).to_have_count(3)
    expect(page).to_have_url(f"{page.url.partition('?')[0]}?q=R17")
    assert page.evaluate("window.same") is True
    page.reload()
    expect(page.locator("#q")).to_have_value("R17")
    expect(page.get_by_role("row")).to_have_count(3)


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_a_questionnaire_is_sought_looked_at_and_copied(open_page, scripted):
    page = open_page(LIBRARY, role="administrator", locale="en", java_script_enabled=scripted)
    page.locator("#q").fill("R18")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Rating of a call").click()
    page.get_by_role("button", name="Copy to a draft").click()
    expect(page).to_have_url(re.compile(r"/admin/questionnaires/call-rating(-\d)?/draft/$"))
    expect(page.locator(".flash")).to_contain_text("Copied.")

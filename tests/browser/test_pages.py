"""Every page, in both languages and both colour schemes: axe and the browser find nothing to say."""

import pytest

from tests.browser.pages import PAGES


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize(("path", "role"), PAGES)
def test_a_page_is_accessible_and_obeys_its_own_policy(open_page, live, axe, path, role, locale, dark):
    page = open_page("/healthz", role, locale, dark)
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if "Security" in message.text else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(live.address(path))
    assert page.locator("html").get_attribute("lang") == ("en" if locale == "en" else "zh-Hans-CN")
    axe(page)
    assert complaints == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "nothing is wider than a phone"

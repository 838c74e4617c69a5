"""A draft tried out on the phones beside it, with JavaScript and without."""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from survey.questionnaires import drafting, queries

SCREEN = {"width": 1280, "height": 800}
numbers = count(1)
DOCUMENT = {
    "title": {"zh": "试卷", "en": "Trial"},
    "languages": ["zh", "en"],
    "questions": [
        {"code": "ok", "kind": "yes_no", "required": True, "texts": {"zh": "好吗？", "en": "Was it fine?"}},
        {
            "code": "why",
            "kind": "short_text",
            "texts": {"zh": "为什么不好？", "en": "Why not?"},
            "show": {"question": "ok", "is": "equal", "value": 0},
        },
        {"code": "later", "kind": "page"},
        {"code": "again", "kind": "nps", "texts": {"zh": "还来吗？", "en": "Would you come again?"}},
    ],
}


@pytest.fixture
def draft(live) -> str:
    """The address of a draft of its own."""
    with live.app.app_context():
        made = drafting.create(f"preview-{next(numbers)}", DOCUMENT)
        return f"/admin/questionnaires/{made.questionnaire.slug}/draft"


@pytest.fixture
def tried(live, draft):
    """The test answers there are."""

    def stored_answers() -> list[dict]:
        with live.app.app_context():
            version = queries.draft(queries.questionnaire(draft.split("/")[-2]).id)
            return [trial.answers for trial in queries.trials(version.id)]

    return stored_answers


def phones(page: Page) -> tuple[FrameLocator, FrameLocator]:
    return page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=1")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_draft_is_walked_in_both_languages_and_a_test_answer_handed_in(open_page, draft, tried, script):
    page = open_page(f"{draft}/preview/", "manager", "en", viewport=SCREEN, java_script_enabled=script)
    chinese, english = phones(page)
    expect(chinese.get_by_text("好吗？")).to_be_visible()
    expect(english.get_by_text("Why not?")).to_have_count(0)
    english.get_by_label("No").check()
    if not script:
        english.get_by_role("button", name="Next").click()
    expect(english.get_by_text("Why not?")).to_be_visible()
    english.locator("[name=why]").fill("Slow")
    english.get_by_role("button", name="Next").click()
    english.locator("[name=again][value='9']").check()
    english.get_by_role("button", name="Submit").click()
    expect(english.get_by_role("heading")).to_have_text("Thank you")
    assert tried() == [{"ok": 0, "why": "Slow", "again": 9}]
    expect(chinese.get_by_text("好吗？")).to_be_visible()
    english.get_by_role("link", name="View test responses").click()
    expect(page.locator("section .items dd")).to_have_text(["No", "Slow", "9"])
    page.get_by_role("button", name="Delete test response 1").click()
    expect(page.get_by_text("No test responses yet.")).to_be_visible()
    assert tried() == []


def test_the_phone_beside_the_builder_follows_every_change(open_page, draft):
    page = open_page(f"{draft}/", "manager", "en", viewport=SCREEN)
    phone, _none = phones(page)
    expect(phone.get_by_text("Was it fine?")).to_be_visible()
    page.get_by_role("link", name="Was it fine?").click()
    page.locator(".editing summary").first.click()
    page.locator("[name='texts.en']").fill("Was all well?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_text("Was all well?")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("iframe")).to_be_hidden()


def test_a_text_is_translated_where_it_stands_without_leaving_the_page(open_page, live, draft):
    page = open_page(f"{draft}/languages/?language=en", "manager", "en")
    page.evaluate("window.stayed = true")
    field = page.locator("[name='text.why.texts']")
    field.fill("")
    field.press("Tab")
    expect(page.locator(".languages")).to_contain_text("1 of 4 texts is missing")
    expect(page.get_by_role("button", name="Undo: change of texts")).to_be_visible()
    field.fill("What was wrong?")
    field.press("Tab")
    expect(page.locator(".languages")).not_to_contain_text("missing")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    assert page.evaluate("window.stayed")
    page.goto(live.address(f"{draft}/phone/?lang=en"))
    page.get_by_label("No").check()
    expect(page.get_by_text("What was wrong?")).to_be_visible()

"""The builder in a browser: questions put in order, edited in place, and two people on one draft."""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from survey.questionnaires import drafting, queries

SCREEN = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
numbers = count(1)
CODES = ("first", "second", "third", "fourth")


def document() -> dict:
    questions = [
        {"code": code, "kind": "rating", "texts": {"zh": f"题 {code}", "en": f"Is the {code} good?"}}
        for code in CODES
    ]
    return {"title": {"zh": "搭建", "en": "Building"}, "languages": ["zh", "en"], "questions": questions}


@pytest.fixture
def draft(live) -> str:
    """The address of a draft of its own."""
    with live.app.app_context():
        made = drafting.create(f"building-{next(numbers)}", document())
        return f"/admin/questionnaires/{made.questionnaire.slug}/draft/"


@pytest.fixture
def stored(live, draft):
    """The items of the draft as they are stored."""

    def stored_items() -> list[dict]:
        with live.app.app_context():
            version = queries.draft(queries.questionnaire(draft.split("/")[3]).id)
            return version.document["questions"]

    return stored_items


def shown(page: Page) -> list[str]:
    return [item.get_attribute("data-code") for item in page.locator(".items > .item").all()]


def drag(page: Page, code: str, below: str) -> None:
    grip = page.locator(f"#item-{code} .grip").bounding_box()
    under = page.locator(f"#item-{below}").bounding_box()
    page.mouse.move(grip["x"] + 8, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(grip["x"] + 8, under["y"] + under["height"] - 4, steps=8)
    page.mouse.up()


def edit(page: Page, code: str) -> None:
    page.locator(f"#item-{code} .what a").click()
    expect(page.locator(".editing")).to_be_visible()


def test_a_question_is_dragged_to_its_place(open_page, draft, stored):
    page = open_page(draft, "manager", "en", viewport=SCREEN)
    drag(page, "first", below="third")
    expect(page.get_by_role("status")).to_have_text("Moved “Is the first good?”.")
    assert shown(page) == ["second", "third", "first", "fourth"]
    assert [item["code"] for item in stored()] == shown(page)
    drag(page, "second", below="fourth")
    expect(page.get_by_role("status")).to_have_text("Moved “Is the second good?”.")
    assert [item["code"] for item in stored()] == ["third", "first", "fourth", "second"]
    page.get_by_role("button", name="Undo: move of “Is the second good?”").click()
    expect(page.get_by_role("status")).to_contain_text("Undone")
    assert [item["code"] for item in stored()] == ["second", "third", "first", "fourth"]


def test_the_keyboard_moves_a_question_and_stays_on_it(open_page, draft, stored):
    page = open_page(draft, "manager", "en", viewport=PHONE)
    page.locator("#down-first").focus()
    for place in (1, 2, 3):
        page.keyboard.press("Enter")
        expect(page.locator(".items > .item").nth(place)).to_have_attribute("data-code", "first")
        expect(page.locator("#down-first")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator(".items > .item").nth(2)).to_have_attribute("data-code", "first")
    assert [item["code"] for item in stored()] == ["second", "third", "first", "fourth"]


def test_the_buttons_move_without_a_script_too(open_page, draft, stored):
    page = open_page(draft, "manager", "en", viewport=PHONE, java_script_enabled=False)
    page.get_by_role("button", name="Move “Is the third good?” up").click()
    expect(page.locator(".flash")).to_have_text("Moved “Is the third good?”.")
    assert [item["code"] for item in stored()] == ["first", "third", "second", "fourth"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_the_second_user_to_save_a_question_sees_both_and_overwrites_nothing(
    open_page, draft, stored, scripted
):
    options = {"viewport": SCREEN, "java_script_enabled": scripted}
    first, second = (open_page(draft, role, "en", **options) for role in ("manager", "administrator"))
    for page, text in ((first, "Is it very good?"), (second, "Was it any good?")):
        edit(page, "first")
        page.locator("[name='texts.zh']").fill(text)
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("Saved.")).to_be_visible()
    second.get_by_role("button", name="Save", exact=True).click()

    clash = second.locator(".errors")
    expect(clash).to_contain_text("Somebody else has changed this question")
    expect(clash.locator("dd")).to_have_text(
        ["Their version Is it very good?", "Your version Was it any good?"]
    )
    expect(second.locator("[name='texts.zh']")).to_have_value("Was it any good?")
    assert stored()[0]["texts"]["zh"] == "Is it very good?"

    second.get_by_role("button", name="Save my version instead").click()
    expect(second.get_by_text("Saved.")).to_be_visible()
    assert stored()[0]["texts"]["zh"] == "Was it any good?"


def test_two_people_on_different_questions_do_not_disturb_each_other(open_page, draft, stored):
    pages = {
        "first": open_page(draft, "manager", "en", viewport=SCREEN),
        "third": open_page(draft, "administrator", "en", viewport=SCREEN),
    }
    for code, page in pages.items():
        edit(page, code)
        page.locator("[name='texts.zh']").fill(f"新的 {code}")
    for page in pages.values():
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("Saved.")
    assert [item["texts"]["zh"] for item in stored()] == [
        "新的 first",
        "题 second",
        "新的 third",
        "题 fourth",
    ]


def test_what_hangs_on_a_choice_is_offered_at_once_and_nothing_is_saved(open_page, draft, stored):
    page = open_page(draft, "manager", "en", viewport=SCREEN)
    edit(page, "second")
    page.locator("[name=scale]").select_option("7")
    expect(page.locator("[name$='.zh'][name^='labels.']")).to_have_count(7)
    page.get_by_text("Show only if …").click()
    page.get_by_label("Question compared").focus()
    page.get_by_label("Question compared").select_option(label="Is the first good?")
    points = page.get_by_label("Compared value").first
    expect(points.locator("option")).to_have_text(["1", "2", "3", "4", "5"])
    expect(page.get_by_label("Question compared").first).to_be_focused()
    assert stored()[1] == document()["questions"][1]
    page.get_by_label("Operator").first.select_option(label="is at most")
    points.select_option("2")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#item-second")).to_contain_text("if “Is the first good?” is at most 2")
    condition = {"question": "first", "is": "at_most", "value": 2}
    assert stored()[1]["show"] == {"all": [condition]}


def test_what_was_typed_is_not_thrown_away_by_another_change_without_asking(open_page, draft, stored):
    page = open_page(draft, "manager", "en", viewport=SCREEN)
    edit(page, "first")
    page.locator("[name='texts.zh']").fill("想了很久的题目")
    asked = []

    def decline(dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", decline)
    page.locator("#down-third").click()
    drag(page, "second", below="fourth")
    page.wait_for_timeout(300)
    assert len(asked) == 2
    assert shown(page) == list(CODES)
    expect(page.locator("[name='texts.zh']")).to_have_value("想了很久的题目")
    page.remove_listener("dialog", decline)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    page.locator("#down-third").click()
    expect(page.get_by_role("status")).to_contain_text("Moved")
    assert stored()[0]["texts"]["zh"] == "想了很久的题目"


def test_a_question_saved_on_its_own_page_leads_back_without_asking(open_page, draft, stored):
    page = open_page(f"{draft}questions/first", "manager", "en", viewport=PHONE)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("[name='texts.zh']").fill("单独一页")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator("#item-second")).to_be_visible()
    assert asked == []
    assert stored()[0]["texts"]["zh"] == "单独一页"


def test_the_phone_beside_the_questions_changes_its_language_and_keeps_it(open_page, draft):
    page = open_page(draft, "manager", "en", viewport=SCREEN)
    phone = page.frame_locator("iframe")
    expect(phone.get_by_text("Is the first good?")).to_be_visible()
    page.get_by_role("link", name="中文", exact=True).last.click()
    expect(phone.get_by_text("题 first")).to_be_visible()
    page.locator("#down-first").click()
    expect(phone.locator("fieldset").first).to_contain_text("题 second")


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_a_double_tap_on_copy_makes_one_draft(open_page, live, draft, scripted):
    slug = draft.split("/")[3]
    page = open_page(f"/admin/questionnaires/{slug}", "manager", "en", java_script_enabled=scripted)
    page.get_by_role("button", name="Copy").dblclick()
    expect(page).to_have_url(live.address(f"/admin/questionnaires/{slug}-2/draft/"))
    with live.app.app_context():
        assert queries.questionnaire(f"{slug}-2") is not None
        assert queries.questionnaire(f"{slug}-3") is None


def test_what_is_chosen_while_a_choice_is_on_its_way_stays(open_page, draft, stored):
    page = open_page(draft, "manager", "en", viewport=SCREEN)
    edit(page, "second")
    page.route("**/questions/second", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.locator("[name=scale]").select_option("4")
    page.locator("[name='texts.zh']").fill("后来写的")
    expect(page.locator("[name$='.zh'][name^='labels.']")).to_have_count(4)
    expect(page.locator("[name='texts.zh']")).to_have_value("后来写的")
    page.locator("[name=scale]").select_option("6")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    assert stored()[1]["texts"]["zh"] == "后来写的"
    assert stored()[1]["scale"] == 6


def test_what_does_not_get_through_is_said_and_what_was_typed_stays(open_page, draft, stored):
    page = open_page(draft, "manager", "en", viewport=PHONE)
    edit(page, "first")
    page.locator("[name='texts.zh']").fill("路上的题目")
    page.route("**/questions/first", lambda route: route.abort())
    page.get_by_role("button", name="Save", exact=True).click()
    failed = page.get_by_text("That did not work.")
    expect(failed).to_be_in_viewport()
    expect(page.locator("[name='texts.zh']")).to_have_value("路上的题目")
    page.unroute("**/questions/first")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(failed).to_be_hidden()
    assert stored()[0]["texts"]["zh"] == "路上的题目"

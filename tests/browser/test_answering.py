"""Customers walk through questionnaires with conditions and pages, with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from survey.db import db
from survey.questionnaires import publication
from survey.responses.models import Waiting
from tests import factories
from tests.browser.customers import SEND
from tests.survey.answering.documents import item, options, page, publish, when

NEXT, BACK, HAND_IN = (f"#N button[value={way}]" for way in ("next", "back", "send"))
OTHER_LANGUAGE = "header button:visible"
THANKS = "**/thanks*"
numbers = count(1)

BRANCHING = (
    item("overall", required=True),
    item("why", "text", show=when("overall", "at_most", 2)),
    item("solved", "yes_no", show=when("overall", "at_most", 2)),
    item("when", "short_text", show=when("solved", "equal", 0), required=True),
    item("again", "nps"),
)
WALK = (
    item("overall", required=True),
    page("trouble", show=when("overall", "at_most", 2)),
    item("what", "multiple_choice", options=options("wait", "price", "other", other={"other": True})),
    item("story", "text"),
    page("last"),
    item("again", "nps", required=True),
    item("call", "contact"),
)


@dataclass
class Asked:
    """A questionnaire behind a link of its own."""

    slug: str
    path: str
    place_id: int
    answers: Callable[[], list[dict[str, Any]]]
    """What was stored of it, by each response."""


@pytest.fixture
def ask(live):
    """Publishes a questionnaire: ``ask(*items)``."""

    def make(*items: dict[str, Any], at_name: str = "", served_by: str = "", **document: Any) -> Asked:
        with live.app.app_context():
            version = publish(*items, slug=f"walked-{next(numbers)}", **document)
            point = factories.place(name=at_name)
            person = factories.employee(point, name=served_by) if served_by else None
            link = factories.link(point, person, of=version)
            slug, code, place_id = version.questionnaire.slug, link.code, point.id

        def answers() -> list[dict[str, Any]]:
            with live.app.app_context():
                found = db.session.query(Waiting).filter_by(place_id=place_id)
                return [one.answers for one in found]

        return Asked(slug, f"/s/{code}", place_id, answers)

    return make


def choose(page: Page, code: str, value: object) -> None:
    page.check(f"[name={code}][value='{value}']", force=True)


def test_questions_come_and_go_without_a_reload(open_page, ask):
    asked = ask(*BRANCHING)
    page = open_page(asked.path, locale="en")
    page.evaluate("window.stayed = true")
    expect(page.locator("fieldset")).to_have_count(2)
    choose(page, "overall", 1)
    expect(page.locator("#why")).to_be_visible()
    page.fill("[name=why]", "It took long")
    choose(page, "solved", 0)
    expect(page.locator("#when legend")).to_contain_text("4. When")
    choose(page, "again", 3)
    page.fill("[name=when]", "Monday")
    choose(page, "overall", 5)
    expect(page.locator("fieldset")).to_have_count(2)
    choose(page, "overall", 2)
    expect(page.locator("[name=why]")).to_have_value("It took long")
    expect(page.locator("[name=when]")).to_have_value("Monday")
    expect(page.locator("[name=again]:checked")).to_have_value("3")
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    page.click(SEND)
    page.wait_for_url(THANKS)
    told = {"why": "It took long", "solved": 0, "when": "Monday"}
    assert asked.answers() == [{"overall": 2, **told, "again": 3}]


def test_a_hidden_answer_is_not_stored(open_page, ask):
    asked = ask(*BRANCHING)
    page = open_page(asked.path)
    choose(page, "overall", 1)
    page.fill("[name=why]", "typed, then the rating was changed")
    choose(page, "overall", 4)
    expect(page.locator("#why")).to_have_count(0)
    page.click(SEND)
    page.wait_for_url(THANKS)
    assert asked.answers() == [{"overall": 4}]


def test_without_javascript_the_page_comes_again_with_what_the_answers_bring_up(open_page, ask):
    asked = ask(*BRANCHING)
    page = open_page(asked.path, locale="en", java_script_enabled=False)
    choose(page, "overall", 1)
    page.click(SEND)
    expect(page.get_by_role("alert")).to_contain_text("a further question")
    page.fill("[name=why]", "It took long")
    choose(page, "solved", 0)
    page.click(SEND)
    expect(page.locator("[name=why]")).to_have_value("It took long")
    page.fill("[name=when]", "Monday")
    page.click(SEND)
    page.wait_for_url(THANKS)
    assert asked.answers() == [{"overall": 1, "why": "It took long", "solved": 0, "when": "Monday"}]


def test_a_phone_that_lost_its_line_for_a_moment_loses_no_answer(open_page, ask):
    asked = ask(*BRANCHING)
    page = open_page(asked.path, locale="en")
    page.context.set_offline(True)
    choose(page, "overall", 1)
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.click(SEND)
    expect(page.get_by_role("alert")).to_contain_text("a further question")
    expect(page.locator("#why")).to_be_visible()
    page.click(SEND)
    page.wait_for_url(THANKS)
    assert asked.answers() == [{"overall": 1}]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_pages_are_walked_forth_and_back_and_in_another_language_and_nothing_is_lost(open_page, ask, script):
    asked = ask(*WALK)
    page = open_page(asked.path, locale="en", java_script_enabled=script)
    choose(page, "overall", 1)
    page.click(NEXT)
    page.check("[name='what~wait']")
    page.check("[name='what~other']")
    page.fill("[name='what~other~text']", "Parking & “signs”")
    page.fill("[name=story]", "<b>1</b>\n2")
    page.click(NEXT)
    choose(page, "again", 0)
    page.fill("[name='call~name']", "Wang")
    page.click(BACK)
    page.click(OTHER_LANGUAGE)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans-CN")
    expect(page.locator("[name='what~wait']")).to_be_checked()
    expect(page.locator("[name='what~other~text']")).to_have_value("Parking & “signs”")
    expect(page.locator("[name=story]")).to_have_value("<b>1</b>\n2")
    page.click(BACK)
    expect(page.locator("[name=overall]:checked")).to_have_value("1")
    page.click(NEXT)
    expect(page.locator("[name=story]")).to_have_value("<b>1</b>\n2")
    page.click(NEXT)
    expect(page.locator("[name=again]:checked")).to_have_value("0")
    expect(page.locator("[name='call~name']")).to_have_value("Wang")
    page.fill("[name='call~phone']", "13800138000")
    page.click(SEND)
    page.wait_for_url(THANKS)
    told = {"what": ["wait", "other"], "what~other": "Parking & “signs”", "story": "<b>1</b>\n2"}
    assert asked.answers() == [{"overall": 1, **told, "again": 0}]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_the_back_of_the_browser_shows_each_page_as_it_was_left(open_page, ask, script):
    asked = ask(*WALK)
    page = open_page(asked.path, locale="en", java_script_enabled=script)
    choose(page, "overall", 2)
    page.click(NEXT)
    page.fill("[name=story]", "Long")
    page.click(NEXT)
    page.click(SEND)
    expect(page.get_by_role("alert")).to_contain_text("Please correct one answer")
    choose(page, "again", 7)
    page.go_back()
    expect(page.locator("#again")).to_be_visible()
    page.go_back()
    expect(page.locator("[name=story]")).to_have_value("Long")
    page.go_back()
    expect(page.locator("[name=overall]:checked")).to_have_value("2")
    page.go_forward()
    expect(page.locator("[name=story]")).to_have_value("Long")
    page.click(NEXT)
    choose(page, "again", 8)
    page.click(SEND)
    page.wait_for_url(THANKS)
    assert asked.answers() == [{"overall": 2, "story": "Long", "again": 8}]


def test_what_was_brought_up_is_there_again_after_going_back(open_page, ask):
    asked = ask(*BRANCHING, page("second"), item("end"))
    page_ = open_page(asked.path, locale="en")
    choose(page_, "overall", 1)
    expect(page_.locator("#why")).to_be_visible()
    page_.click(NEXT)
    choose(page_, "end", 3)
    page_.go_back()
    expect(page_.locator("#why")).to_be_visible()
    page_.click(NEXT)
    choose(page_, "end", 4)
    page_.click(SEND)
    page_.wait_for_url(THANKS)
    assert asked.answers() == [{"overall": 1, "end": 4}]


def test_a_page_that_is_loaded_anew_on_the_way_is_the_same(open_page, ask):
    asked = ask(*WALK)
    page = open_page(asked.path)
    choose(page, "overall", 5)
    page.click(NEXT)
    expect(page.locator("[name=again]").first).to_be_attached()
    page.reload()
    choose(page, "again", 9)
    page.click(SEND)
    page.wait_for_url(THANKS)
    assert asked.answers() == [{"overall": 5, "again": 9}]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_double_tap_on_the_last_page_is_one_response(open_page, ask, script):
    asked = ask(*WALK)
    page = open_page(asked.path, java_script_enabled=script)
    choose(page, "overall", 5)
    page.click(NEXT)
    choose(page, "again", 9)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.locator(HAND_IN).dblclick()
    expect(page).to_have_url(re.compile("/thanks"))  # the second tap aborts the navigation of the first
    assert sent
    assert asked.answers() == [{"overall": 5, "again": 9}]
    page.go_back()
    page.locator(HAND_IN).click()
    page.wait_for_url(THANKS)
    assert len(asked.answers()) == 1


def test_a_customer_who_opened_an_older_version_submits_it(open_page, ask, live):
    asked = ask(*WALK)
    page = open_page(asked.path)
    choose(page, "overall", 5)
    page.click(NEXT)
    expect(page.locator("[name=again]").first).to_be_attached()
    with live.app.app_context():
        publish(item("other", required=True), slug=asked.slug)
    choose(page, "again", 9)
    page.click(SEND)
    page.wait_for_url(THANKS)
    assert asked.answers() == [{"overall": 5, "again": 9}]
    newcomer = open_page(asked.path)
    expect(newcomer.locator("#other")).to_be_visible()


def test_a_quiz_shows_its_score_and_names_are_in_its_texts(open_page, ask):
    right = options("a", "b", b={"right": True})
    texts = {"zh": "{employee}在{place}？", "en": "{employee} at {place}?"}
    quiz = [
        item("who", "single_choice", options=right, texts=texts, weight=2),
        item("sure", "single_choice", options=right, not_applicable=True),
        item("skipped", "single_choice", options=right, show=when("who", "equal", "a")),
    ]
    asked = ask(*quiz, shows_score=True, at_name="人民路", served_by="李娜")
    page = open_page(asked.path)
    expect(page.locator("#who legend")).to_contain_text("李娜在人民路？")
    choose(page, "who", "b")
    choose(page, "sure", "na")
    page.click(SEND)
    page.wait_for_url(THANKS)
    expect(page.locator(".k strong").first).to_have_text("2 / 2")


def test_the_key_of_r19_gives_full_marks(open_page, ask):
    document = publication.library_document("r19")
    asked = ask(
        *document["questions"], **{k: v for k, v in document.items() if k in ("title", "shows_score")}
    )
    page = open_page(asked.path, locale="en")
    for question in document["questions"]:
        right = next((option["code"] for option in question.get("options", ()) if option.get("right")), None)
        if right:
            choose(page, question["code"], right)
    page.click(SEND)
    page.wait_for_url(THANKS)
    expect(page.locator(".k strong").first).to_have_text("5 of 5")

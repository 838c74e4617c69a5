"""A questionnaire made, translated and published by a manager, answered with branching, and tallied."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from survey.places import queries as places
from survey.questionnaires import queries
from survey.questionnaires.rules.visibility import Context, visible
from survey.responses.models import Waiting
from tests import factories
from tests.browser.customers import tiles
from tests.survey.tallies.answers import release_all

PHONE = {"width": 390, "height": 844}
NEXT, SEND = "#N [value=next]", "#F button"
numbers = count(1)


@dataclass(frozen=True)
class Customer:
    """``solved`` is asked of who gives two points or less."""

    points: int
    solved: int | None
    recommends: int


CUSTOMERS = (
    Customer(1, 0, 0),
    Customer(2, 0, 3),
    Customer(2, 1, 6),
    Customer(1, 0, 5),
    Customer(2, 1, 7),
    Customer(1, 1, 2),
    Customer(5, None, 10),
    Customer(4, None, 9),
)


@pytest.fixture
def point(live) -> str:
    """The code of a service point of its own."""
    with live.app.app_context():
        return factories.place("point", places.place(live.names["region"])).code


@pytest.fixture
def responses(live, point):
    """The answers that were stored about the service point."""

    def stored_answers() -> list[dict]:
        with live.app.app_context():
            at = places.place(point).id
            return [one.answers for one in Waiting.query.filter_by(place_id=at)]

    return stored_answers


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_a_questionnaire_is_made_translated_published_answered_and_tallied(
    open_page, live, point, responses, scripted
):
    title = f"Visit {next(numbers)}"
    desk = open_page(
        "/admin/questionnaires/", "administrator", "en", viewport=PHONE, java_script_enabled=scripted
    )
    slug = make(desk, title)
    translate(desk)
    publish(desk)
    path = link(desk, point, title)
    for customer in CUSTOMERS:
        answer(open_page(path, locale="en", java_script_enabled=scripted), customer, scripted)

    changed = open_page(path, locale="en", java_script_enabled=scripted)
    change_the_first_answer(changed, scripted)
    given = [Customer(5, None, 8), *CUSTOMERS]
    assert sorted(map(str, responses())) == sorted(str(expected(customer)) for customer in given)

    with live.app.app_context():
        asked = queries.published(queries.questionnaire(slug).id).definition
        for answers in responses():
            shown = visible(asked, answers, Context(channel="qr", language="en")).questions
            assert answers.keys() <= shown
        release_all()
    read(desk, live, point, slug, given)


def make(desk: Page, title: str) -> str:
    """A rating that counts, a question of who is not satisfied, and the NPS on a page of its own."""
    desk.get_by_role("link", name="New questionnaire").click()
    desk.get_by_label("Title · 中文").fill("到店体验")
    desk.get_by_label("Title · English").fill(title)
    desk.get_by_role("button", name="Create").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(title)
    slug = desk.url.split("/")[-3]

    desk.get_by_role("link", name="How satisfied are you with our service?").click()
    desk.get_by_text("More settings").click()
    desk.get_by_label("Dimension", exact=True).select_option("quality")
    save(desk)
    for kind in ("Yes or no", "Page break", "Recommendation (0–10)"):
        desk.get_by_role("link", name="Add a question").click()
        desk.get_by_role("button", name=kind).click()
        if kind == "Yes or no":
            desk.get_by_text("Show only if …").click()
            condition = desk.get_by_label("Question compared").first
            condition.select_option(label="How satisfied are you with our service?")
            offer = desk.get_by_role("button", name="Show the answers of the selected question")
            if offer.count():
                offer.click()
            expect(desk.get_by_label("Compared value").first.locator("option")).to_have_count(5)
            desk.get_by_label("Operator").first.select_option("at_most")
            desk.get_by_label("Compared value").first.select_option("2")
        save(desk)
    expect(desk.locator(".items > .item")).to_have_count(5)
    expect(desk.locator(".items")).to_contain_text("is at most 2")
    desk.get_by_role("button", name="Move “Was your problem solved?” up").click()
    expect(desk.locator(".items > .item").nth(1)).to_contain_text("Was your problem solved?")
    return slug


def save(desk: Page) -> None:
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".editing")).to_have_count(0)


def translate(desk: Page) -> None:
    """Into a language that lacks everything at first; what is left untranslated falls back to Chinese."""
    tabs = desk.get_by_role("navigation", name="Draft")
    tabs.get_by_role("link", name="Languages").click()
    desk.get_by_text("Add a language").click()
    desk.locator("[name=tag]").fill("fr")
    desk.get_by_role("button", name="Add", exact=True).click()
    expect(desk.locator(".languages .chosen")).to_contain_text("missing")
    desk.locator("[name='text.yesno_1.texts']").fill("Votre problème est-il résolu ?")
    desk.get_by_role("button", name="Save", exact=True).last.click()
    expect(desk.locator("[name='text.yesno_1.texts']")).to_have_value("Votre problème est-il résolu ?")


def publish(desk: Page) -> None:
    desk.get_by_role("navigation", name="Draft").get_by_role("link", name="Publish").click()
    expect(desk.get_by_text("No issues: ready to publish.")).to_be_visible()
    desk.get_by_role("button", name="Publish version 1").click()
    expect(desk.locator(".flash")).to_have_text("Version 1 published.")


def link(desk: Page, point: str, title: str) -> str:
    """The way to the questionnaire from a new link of the service point."""
    desk.goto("/".join(desk.url.split("/")[:3]) + "/admin/links/new")
    desk.get_by_label("Service point or region code").fill(point)
    desk.get_by_label("Questionnaire").select_option(label=title)
    desk.get_by_role("button", name="Create links").click()
    desk.locator("main a[href*='/admin/links/']").filter(has_text="").first.wait_for()
    return desk.evaluate("document.querySelector('main').innerText.match(/\\/s\\/\\w+/)[0]")


def answer(phone: Page, customer: Customer, scripted: bool) -> None:
    phone.locator(f"[name=rating_1][value='{customer.points}']").check()
    if customer.solved is None:
        expect(phone.locator("[type=radio][name=yesno_1]")).to_have_count(0)
    else:
        if not scripted:
            phone.click(NEXT)
        phone.locator(f"[name=yesno_1][value='{customer.solved}']").check()
    finish(phone, customer)


def change_the_first_answer(phone: Page, scripted: bool) -> None:
    """Answer that nothing was solved, and then that all was well, which removes the first answer."""
    phone.locator("[name=rating_1][value='1']").check()
    if not scripted:
        phone.click(NEXT)
    phone.locator("[name=yesno_1][value='0']").check()
    phone.locator("[name=rating_1][value='5']").check()
    if scripted:
        expect(phone.locator("[type=radio][name=yesno_1]")).to_have_count(0)
    finish(phone, Customer(5, None, 8))


def finish(phone: Page, customer: Customer) -> None:
    phone.click(NEXT)
    phone.locator(f"[name=nps_1][value='{customer.recommends}']").check()
    phone.click(SEND)
    phone.wait_for_url("**/thanks*")


def expected(customer: Customer) -> dict[str, int]:
    answers = {"rating_1": customer.points, "yesno_1": customer.solved, "nps_1": customer.recommends}
    return {code: answer for code, answer in answers.items() if answer is not None}


def read(desk: Page, live, point: str, slug: str, given: list[Customer]) -> None:
    """The figures of the service point, computed here from the answers."""
    desk.goto(live.address(f"/admin/indexes/{point}?questionnaire={slug}"))
    score = sum(25 * (customer.points - 1) for customer in given) / len(given)
    net = (
        sum((customer.recommends >= 9) - (customer.recommends <= 6) for customer in given) * 100 / len(given)
    )
    shown = tiles(desk)
    assert shown["Responses"] == str(len(given))
    assert shown["Satisfaction index"] == f"{score:.1f}"
    assert shown["NPS"] == f"{net:.1f}".replace("-", "−")
    asked = [customer.solved for customer in given if customer.solved is not None]
    row = desk.get_by_role("table", name="Was your problem solved?").get_by_role("row", name="Yes")
    expect(row).to_contain_text(f"{asked.count(1)} of {len(asked)}")

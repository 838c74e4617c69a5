"""From the QR code on a poster to the index that a manager reads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import pytest
from playwright.sync_api import Page, Response, expect
from sqlalchemy import func, select

from survey import settings
from survey.db import db
from survey.places import queries as places
from survey.questionnaires import queries as questionnaires
from survey.responses.models import Waiting as Stored
from tests import factories
from tests.browser.customers import ANSWERS, CODES, SEND, expected, hand_in, scan, tap, tiles
from tests.survey.tallies.answers import give, release_all

SCREEN = {"width": 1280, "height": 800}
numbers = count(1)


@dataclass(frozen=True)
class Company:
    """A company of its own with two regions; codes, names and user names of what is in it."""

    slug: str
    link: str
    point_id: int
    top: str
    region: str
    point: str
    quiet: str
    names: dict[str, str]
    manager: str
    neighbour: str


@pytest.fixture
def company(live) -> Company:
    """The second point of the first region, "quiet", has four answers: too few to show."""
    with live.app.app_context():
        top, (region, other), (point, quiet, _, _) = factories.company(2, 2)
        asked = factories.version(f"journey-{next(numbers)}", required=("overall",))
        give(quiet, asked, *[{"quality": 1, "nps": 0}] * 4, day=settings.current().today())
        return Company(
            slug=asked.questionnaire.slug,
            link=factories.link(point, points=40, of=asked).code,
            point_id=point.id,
            top=top.code,
            region=region.code,
            point=point.code,
            quiet=quiet.code,
            names={place.code: str(place.name_en) for place in (top, region, point, quiet)},
            manager=factories.staff("manager", top).username,
            neighbour=factories.staff("manager", other).username,
        )


@pytest.fixture
def stored(live):
    """How many responses there are about a service point."""

    def number(place_id: int) -> int:
        with live.app.app_context():
            query = select(func.count()).select_from(Stored).where(Stored.place_id == place_id)
            return db.session.scalar(query) or 0

    return number


@pytest.fixture
def sign_in(open_page):
    """Signs somebody in by the form, on a screen."""

    def enter(username: str, **options) -> Page:
        page = open_page("/admin/", locale="en", viewport=SCREEN, **options)
        page.fill("[name=username]", username)
        page.fill("[name=password]", factories.PASSWORD)
        page.click("main button")
        page.wait_for_url("**/admin/indexes/")
        return page

    return enter


def test_from_the_qr_code_to_the_index_without_javascript(open_page, sign_in, live, company, stored):
    desk = sign_in(company.manager, java_script_enabled=False)
    desk.goto(live.address(f"/admin/links/{company.link}"))
    picture = desk.request.get(live.address(f"/admin/links/{company.link}/qr.png")).body()
    address = scan(picture)
    assert address == live.address(f"/s/{company.link}")

    phone = open_page("/healthz", java_script_enabled=False)
    _answer_once_whatever_she_does(phone, address, lambda: stored(company.point_id))
    for answers in ANSWERS[1:]:
        customer = open_page(f"/s/{company.link}", java_script_enabled=False)
        hand_in(customer, answers)
        code = customer.locator(".k code").inner_text()
        customer.go_back()
        expect(customer.locator(".k code")).to_have_text(code)
    assert stored(company.point_id) == len(ANSWERS)
    with live.app.app_context():
        release_all()
    # The only one who answered in English is shown with the others (docs/decisions/0053).
    _read(desk, live, company, ANSWERS)

    neighbour = sign_in(company.neighbour, java_script_enabled=False)
    assert company.names[company.point] not in neighbour.content()
    for code in (company.top, company.region, company.point):
        assert neighbour.goto(live.address(f"/admin/indexes/{code}")).status == 404
    assert neighbour.goto(live.address(f"/admin/links/{company.link}")).status == 404


def _answer_once_whatever_she_does(phone: Page, address: str, stored) -> None:
    phone.goto(address)
    expect(phone.locator("html")).to_have_attribute("lang", "zh-Hans-CN")
    phone.click("header a")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.check("[name=quality][value='4']")
    phone.click(SEND)
    assert stored() == 0
    expect(phone.get_by_role("alert")).to_contain_text("Please correct one answer")
    expect(phone.locator("#overall-m")).to_be_visible()
    expect(phone.locator("[name=quality][value='4']")).to_be_checked()
    phone.click("[role=alert] a")
    assert phone.url.endswith("#overall")
    tap(phone, ANSWERS[0])
    sent = {name: phone.locator(f"[name={name}]").input_value() for name in ("page", "claim")}
    phone.locator(SEND).dblclick()
    phone.wait_for_url("**/thanks*")
    code = phone.locator(".k code").inner_text()
    expect(phone.locator(".k strong")).to_have_text("40 points")
    assert scan(phone.locator(".k svg").screenshot()).endswith(f"/c/{code}")
    phone.reload()
    phone.goto(address)
    again = phone.request.post(address, form={**sent, "overall": "1"})
    assert again.status == 200
    assert again.url.partition("?")[0] == address + "/thanks"
    assert code in again.text()
    expect(phone.locator(".k code")).to_have_text(code)
    assert stored() == 1
    phone.click("a.g")
    assert phone.url.endswith(f"/claims/{code}")
    expect(phone.locator(".k strong")).to_have_text("40 points")


def _read(desk: Page, live, company: Company, answers: tuple[tuple[int, ...], ...]) -> None:
    """The manager finds what they answered at the company, its region and its service point."""
    desk.goto(live.address("/admin/indexes/"))
    desk.select_option("[name=questionnaire]", company.slug)
    desk.click(".filters button")
    for code in (company.top, company.region, company.point):
        if code != company.top:
            desk.click(f".dots >> text={company.names[code]}")
        expect(desk.locator("h1")).to_have_text(company.names[code])
        assert tiles(desk) == expected(answers)
    desk.go_back()
    expect(desk.get_by_text("Fewer than 5 responses: not shown")).to_be_visible()
    few = desk.locator(".few-list")
    expect(few).to_have_text(company.names[company.quiet])
    few.get_by_role("link").click()
    expect(desk.locator("h1")).to_have_text(company.names[company.quiet])
    assert tiles(desk) == {}


def test_the_managers_work_with_javascript(open_page, sign_in, live, company):
    desk = sign_in(company.manager)
    with live.app.app_context():
        point, asked = places.place(company.point), questionnaires.questionnaire(company.slug)
        given = [dict(zip(CODES, answers, strict=True)) for answers in ANSWERS]
        give(point, questionnaires.published(asked.id), *given, day=settings.current().today())
        release_all()
    _filter_without_a_reload(desk, company)
    desk.goto(live.address(f"/admin/questionnaires/{company.slug}"))
    desk.get_by_label("How likely are you").check()
    desk.once("dialog", lambda dialog: dialog.accept())
    desk.click("text=Publish new version")
    expect(desk.locator(".flash")).to_have_text("Version 2 published.")
    customer = open_page(f"/s/{company.link}", locale="en")
    expect(customer.locator("#nps legend em")).to_have_text("required")

    desk.goto(live.address(f"/admin/links/{company.link}"))
    retire = desk.get_by_role("button", name="Deactivate")
    desk.once("dialog", lambda dialog: dialog.dismiss())
    retire.click()
    expect(desk.locator(".facts .badge")).to_have_text("Active")
    desk.once("dialog", lambda dialog: dialog.accept())
    retire.click()
    expect(desk.locator(".facts .badge")).to_have_text("Inactive")
    reply = customer.reload()
    assert isinstance(reply, Response)
    assert reply.status == 410
    expect(customer.locator("h1")).to_have_text("This link is no longer active")


def _filter_without_a_reload(desk: Page, company: Company) -> None:
    desk.evaluate("window.stayed = true")
    desk.select_option("[name=questionnaire]", company.slug)
    desk.select_option("[name=period]", "month")
    desk.click(".filters button")
    desk.wait_for_url("**period=month*")
    expect(desk.locator(".tile .figure").first).to_be_visible()
    assert tiles(desk) == expected(ANSWERS)
    desk.select_option("[name=period]", "last-month")
    desk.click(".filters button")
    desk.wait_for_url("**period=last-month*")
    expect(desk.locator(".empty h2")).to_have_text("No responses yet")
    assert desk.evaluate("window.stayed"), "the page was not loaded anew"


def test_the_questionnaire_is_answered_with_the_keyboard_alone(open_page, company, stored):
    page = open_page(f"/s/{company.link}", locale="en")

    def tab_to(wanted: str, attribute: str = "name") -> None:
        for _ in range(6):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.{attribute}") == wanted:
                return
        raise AssertionError(f"Tab does not reach {wanted}")

    for code, value in zip(CODES, ANSWERS[0], strict=True):
        tab_to(code)
        page.keyboard.press("Space")
        for _ in range(value if code == "nps" else value - 1):
            page.keyboard.press("ArrowRight")
        assert page.locator(f"[name={code}]:checked").get_attribute("value") == str(value)
        outline = page.evaluate("getComputedStyle(document.activeElement.nextElementSibling).outlineStyle")
        assert outline == "solid", "the outline shows which element has the focus"
        if code == "quality":
            tab_to("SUMMARY", "tagName")
            page.keyboard.press("Enter")
            tab_to("quality_opinion")
            page.keyboard.type("Friendly")
    tab_to("comment")
    page.keyboard.type("Thanks!")
    tab_to("BUTTON", "tagName")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks*")
    assert stored(company.point_id) == 1

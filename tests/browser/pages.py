"""The pages that a browser visits in both languages and both colour schemes; add yours here.

Each is (path, who) or (path, who, what the visitor does there): who is "" for anybody, "bound" for a manager
of one service point, else a role that is signed in. In a path, words in braces are names of
``company.lay_out``.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import NamedTuple

import openpyxl
from playwright.sync_api import Page

GOOD = "code,name,name_en,kind,parent\nNEW-1,新网点,New point,point,{region}\n"
BAD = GOOD + "NEW-1,又一个,,point,nowhere\nNEW 3,,,planet,{region}\n"


def send(page: Page) -> None:
    """Hands in the main form of the page as it is."""
    page.locator("main form[method=post] button:not([formaction])").last.click()


def send_first(page: Page) -> None:
    """Hands in the main form where further buttons do something else."""
    page.locator("main form[method=post] button.primary").first.click()


def answer(page: Page) -> None:
    page.locator("[name=overall][value='4']").check()
    send(page)


def open_points(page: Page) -> None:
    answer(page)
    page.locator("a.g").click()


def type_number(number: str) -> Callable[[Page], None]:
    """Asks for a code."""

    def act(page: Page) -> None:
        page.fill("#phone", number)
        send(page)

    return act


def type_a_wrong_code(page: Page) -> None:
    type_number("13800138000")(page)
    page.fill("#code", "12")
    page.locator("main form button").first.click()


def upload(text: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        region = page.url.partition("?region=")[2]
        data = text.format(region=region).encode()
        page.locator("[type=file]").set_input_files(
            {"name": "places.csv", "mimeType": "text/csv", "buffer": data}
        )
        send(page)

    return act


def upload_hostile(page: Page) -> None:
    """A questionnaire with much wrong in it."""
    options = [{"code": "na", "texts": {"xx": 5}}] * 3
    wrong = {"questions": [{"code": "Q" * 50, "kind": "single_choice", "texts": [], "options": options}] * 9}
    data = json.dumps(wrong).encode()
    page.locator("[type=file]").set_input_files(
        {"name": "questionnaire.json", "mimeType": "application/json", "buffer": data}
    )
    send(page)


def open_all(page: Page) -> None:
    """Opens whatever can be folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def translate(page: Page) -> None:
    """Sends the texts back with translations, one of them a formula, and a row that belongs nowhere."""
    book = openpyxl.load_workbook(
        io.BytesIO(page.request.get(page.url.replace("import", "texts.xlsx")).body())
    )
    sheet = book.active
    sheet["D3"], sheet["D4"], sheet["D5"] = "Another text", "", "=1+1"
    sheet["D6"] = "A text that is long enough to need more than one line on a phone"
    sheet.append(["a_code_of_forty_letters_and_a_few_digits.options.o1", "", "x", "y"])
    sent = io.BytesIO()
    book.save(sent)
    file = {"name": "texts.xlsx", "mimeType": "application/octet-stream", "buffer": sent.getvalue()}
    page.locator("[type=file]").set_input_files(file)
    send(page)


def upload_lines(text: str) -> Callable[[Page], None]:
    """Chooses a file of ``text`` and looks at what is in it."""

    def act(page: Page) -> None:
        file = {"name": "lines.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.locator("[type=file]").set_input_files(file)
        page.locator("main form[enctype] button").click()

    return act


def look_up(page: Page) -> None:
    """Types a code at the counter that there is not; says first where the counter is."""
    if page.url.endswith("place"):
        page.fill("[name=place]", page.locator("#destinations option").first.get_attribute("value") or "")
        send(page)
    page.fill("#code", "1234 1234 1234")
    page.click("#code-form .actions button")


class Visit(NamedTuple):
    path: str
    who: str = ""
    act: Callable[[Page], None] | None = None


ADMIN = "administrator"
PAGES: tuple[Visit, ...] = (
    Visit("/nothing/here"),
    Visit("/s/{link}"),
    Visit("/s/{link}", act=open_all),
    Visit("/s/{link}", act=send),
    Visit("/s/{link}", act=answer),
    Visit("/s/{link}?again", act=open_points),
    Visit("/s/{retired}"),
    Visit("/s/none"),
    Visit("/c/none"),
    Visit("/c/{claim}"),
    Visit("/c/{claim}", act=type_number("12")),
    Visit("/c/{claim}", "customer"),
    Visit("/c/{taken}", "customer"),
    Visit("/c/{taken}"),
    Visit("/w/sign-in"),
    Visit("/w/sign-in", act=type_number("13800138000")),
    Visit("/w/sign-in", act=type_a_wrong_code),
    Visit("/w/", "customer"),
    Visit("/w/", "customer", open_all),
    Visit("/w/rewards/{uploaded}", "customer"),
    Visit("/w/rewards/{generated}", "customer"),
    Visit("/w/rewards/{gift}", "customer"),
    Visit("/w/codes/{fetched}", "customer"),
    Visit("/w/codes/{shown}", "customer"),
    Visit("/w/data", "customer"),
    Visit("/w/data/deletion", "customer"),
    Visit("/w/data/deletion", "customer", send),
    Visit("/w/deleted"),
    Visit("/admin/outbox/", ADMIN),
    Visit("/admin/sign-in"),
    Visit("/admin/sign-in", act=send),
    Visit("/admin/nothing/here"),
    Visit("/admin/nothing/here", ADMIN),
    Visit("/admin/account", ADMIN),
    Visit("/admin/account", ADMIN, send),
    Visit("/admin/staff/", "marketing"),
    Visit("/admin/indexes/", ADMIN),
    Visit("/admin/indexes/", "bound"),
    Visit("/admin/indexes/{group}", ADMIN, open_all),
    Visit("/admin/indexes/{group}?by=point", ADMIN, open_all),
    Visit("/admin/indexes/{region}?sort=n&period=12-months", "manager"),
    Visit("/admin/indexes/{point}", "manager", open_all),
    Visit("/admin/indexes/{few}", "manager"),
    Visit("/admin/indexes/{point}?questionnaire=kinds", ADMIN, open_all),
    Visit("/admin/indexes/employees/{employee}", "auditor", open_all),
    Visit("/admin/indexes/drivers/{group}", ADMIN, open_all),
    Visit("/admin/indexes/drivers/{few}", "manager"),
    Visit("/admin/indexes/comments/{region}?period=12-months", "manager", open_all),
    Visit("/admin/indexes/comments/{few}", "manager"),
    Visit("/admin/indexes/comparison/{point}?with_place={region}", "manager", open_all),
    Visit("/admin/indexes/comparison/{group}?with_period=custom", ADMIN),
    Visit("/admin/indexes/employees/{employee}/comparison", "auditor"),
    Visit("/admin/indexes/employees/{employee}/drivers", "auditor"),
    Visit("/admin/indexes/{group}?from=2026-02-02&to=2026-01-01", ADMIN),
    Visit("/admin/targets/", ADMIN),
    Visit("/admin/targets/{region}", "manager", open_all),
    Visit("/admin/targets/-/new?place={point}", ADMIN),
    Visit("/admin/targets/-/new", ADMIN, send),
    Visit("/admin/targets/-/import/", ADMIN),
    Visit("/admin/releases/", ADMIN),
    Visit("/admin/releases/", ADMIN, send_first),
    Visit("/admin/totals/", ADMIN),
    Visit("/admin/totals/-/import/", ADMIN),
    Visit("/admin/totals/-/import/", ADMIN, send),
    Visit("/admin/exports/", ADMIN),
    Visit("/admin/exports/", "bound"),
    Visit("/admin/exports/responses?place=nowhere&from=2026-02-02&to=2026-01-01", "manager"),
    Visit("/admin/reports/{group}/", ADMIN),
    Visit("/admin/reports/{point}/", "bound"),
    Visit("/admin/reports/{region}/file?month=1999-01&questionnaire=none", "manager"),
    Visit("/admin/links/", ADMIN),
    Visit("/admin/links/?place={region}", "manager"),
    Visit("/admin/links/?q=zzzz", "marketing"),
    Visit("/admin/links/new?place={point}", ADMIN),
    Visit("/admin/links/new", ADMIN, send),
    Visit("/admin/links/{link}", ADMIN),
    Visit("/admin/links/{link}", "auditor"),
    Visit("/admin/links/{link}/limits/", ADMIN),
    Visit("/admin/links/{link}/limits/", "manager", send),
    Visit("/admin/contacts/", "manager"),
    Visit("/admin/contacts/?state=done", ADMIN),
    Visit("/admin/contacts/", "bound"),
    Visit("/admin/campaigns/", "marketing"),
    Visit("/admin/campaigns/{campaign}", "auditor"),
    Visit("/admin/campaigns/-/new", "marketing"),
    Visit("/admin/campaigns/-/new", "marketing", send_first),
    Visit("/admin/campaigns/{campaign}/edit", ADMIN),
    Visit("/admin/adjustments/", "marketing"),
    Visit("/admin/adjustments/?state=decided", "auditor"),
    Visit("/admin/adjustments/-/new", "marketing"),
    Visit("/admin/adjustments/-/new", "marketing", send),
    Visit("/admin/adjustments/{adjustment}", "marketing"),
    Visit("/admin/books/", "auditor"),
    Visit("/admin/books/journal", "auditor"),
    Visit("/admin/books/journal?from=2026-02-02&to=2026-01-01", ADMIN),
    Visit("/admin/statements/", "auditor"),
    Visit("/admin/statements/?month=2026-11", ADMIN),
    Visit("/admin/links/{retired}", ADMIN),
    Visit("/admin/questionnaires/", ADMIN),
    Visit("/admin/questionnaires/{slug}", ADMIN),
    Visit("/admin/questionnaires/kinds", "manager"),
    Visit("/admin/questionnaires/{drafted}/draft/?phone=ug", "manager"),
    Visit("/admin/questionnaires/{slug}/versions/1", "auditor"),
    Visit("/admin/questionnaires/{slug}/limits/", "manager"),
    Visit("/admin/questionnaires/{drafted}/draft/", ADMIN, open_all),
    Visit("/admin/questionnaires/{drafted}/draft/", "auditor"),
    Visit("/admin/questionnaires/{drafted}/draft/questions/new", ADMIN),
    Visit("/admin/questionnaires/{drafted}/draft/questions/quality", ADMIN, open_all),
    Visit("/admin/questionnaires/{drafted}/draft/publication/", ADMIN, open_all),
    Visit("/admin/questionnaires/{drafted}/comparison", "auditor"),
    Visit("/admin/questionnaires/{slug}/limits/", ADMIN, send),
    Visit("/admin/questionnaires/{drafted}/draft/languages/", "manager", open_all),
    Visit("/admin/questionnaires/{drafted}/draft/languages/?language=ug", ADMIN),
    Visit("/admin/questionnaires/{drafted}/draft/languages/?language=zh&show=missing", "auditor"),
    Visit("/admin/questionnaires/-/library/", ADMIN),
    Visit("/admin/questionnaires/-/library/?q=打分", "auditor"),
    Visit("/admin/questionnaires/-/library/?q=zzzz", "manager"),
    Visit("/admin/questionnaires/-/library/r12", "manager"),
    Visit("/admin/questionnaires/-/library/r15-callback", "marketing"),
    Visit("/admin/questionnaires/-/library/r19", ADMIN),
    Visit("/admin/questionnaires/-/library/r19/phone/", "manager"),
    Visit("/admin/questionnaires/-/import", ADMIN),
    Visit("/admin/questionnaires/-/import", ADMIN, send),
    Visit("/admin/questionnaires/-/import", "manager", upload_hostile),
    Visit("/admin/questionnaires/{drafted}/draft/languages/en/import", ADMIN, send),
    Visit("/admin/questionnaires/{drafted}/draft/languages/en/import", "manager", translate),
    Visit("/admin/questionnaires/{drafted}/draft/preview/", "manager", open_all),
    Visit("/admin/questionnaires/{drafted}/draft/preview/?language=zh&language=en&language=ug", "auditor"),
    Visit("/admin/questionnaires/{drafted}/draft/phone/end", "auditor"),
    Visit("/admin/rewards/", "marketing"),
    Visit("/admin/rewards/-/new", ADMIN),
    Visit("/admin/rewards/-/new/discount", "marketing", send),
    Visit("/admin/rewards/{gift}", "marketing"),
    Visit("/admin/rewards/{withdrawn}", "auditor"),
    Visit("/admin/rewards/{generated}/edit", "marketing"),
    Visit("/admin/rewards/{gift}/picture/", "marketing"),
    Visit("/admin/rewards/{gift}/picture/", "marketing", upload_lines("no picture")),
    Visit("/admin/rewards/{uploaded}/codes/", "marketing", send),
    Visit("/admin/rewards/{uploaded}/codes/", "marketing", upload_lines("JD-1\n\nJD-9\n" + "x" * 70)),
    Visit("/admin/rewards/{gift}/stock/", "marketing"),
    Visit("/admin/rewards/{gift}/stock/?q=zzzz", "auditor"),
    Visit("/admin/rewards/{gift}/stock/-/import", "marketing"),
    Visit("/admin/rewards/{gift}/stock/-/import", "marketing", upload_lines("place,stock\nnowhere,-1\n")),
    Visit("/admin/counter/", "counter"),
    Visit("/admin/counter/", "bound", look_up),
    Visit("/admin/counter/", ADMIN, look_up),
    Visit("/admin/counter/place", ADMIN, send),
    Visit("/admin/places/", ADMIN),
    Visit("/admin/places/?q=P", ADMIN),
    Visit("/admin/places/?q=zzzz", ADMIN),
    Visit("/admin/places/-/new", ADMIN),
    Visit("/admin/places/{group}", ADMIN),
    Visit("/admin/places/{point}", "manager"),
    Visit("/admin/places/{closed}", ADMIN),
    Visit("/admin/places/{region}/new", ADMIN),
    Visit("/admin/places/{region}/new", ADMIN, send),
    Visit("/admin/places/{point}/edit", ADMIN),
    Visit("/admin/places/{point}/move", ADMIN),
    Visit("/admin/places/{point}/move", ADMIN, send),
    Visit("/admin/places/-/import/", ADMIN),
    Visit("/admin/places/-/import/", ADMIN, send),
    Visit("/admin/places/-/import/?region={region}", ADMIN, upload(GOOD)),
    Visit("/admin/places/-/import/?region={region}", ADMIN, upload(BAD)),
    Visit("/admin/employees/new/at/{point}", ADMIN),
    Visit("/admin/employees/{employee}", "manager"),
    Visit("/admin/employees/{left}", ADMIN),
    Visit("/admin/employees/{employee}/edit", ADMIN),
    Visit("/admin/employees/{employee}/move", ADMIN),
    Visit("/admin/reviews/", "marketing"),
    Visit("/admin/reviews/", ADMIN, lambda page: page.locator("[value=void]").click()),
    Visit("/admin/reviews/?state=done", "auditor"),
    Visit("/admin/audit-log/", "auditor", open_all),
    Visit("/admin/audit-log/?person=-nobody", ADMIN),
    Visit("/admin/audit-log/?day=1999-01-01", ADMIN),
    Visit("/admin/staff/", ADMIN),
    Visit("/admin/staff/", "auditor"),
    Visit("/admin/staff/-/numbers/", ADMIN),
    Visit("/admin/staff/-/numbers/", ADMIN, send),
    Visit("/admin/staff/-/new", ADMIN),
    Visit("/admin/staff/-/new", ADMIN, send),
    Visit("/admin/staff/{username}", ADMIN),
    Visit("/admin/staff/{username}/password", ADMIN),
)

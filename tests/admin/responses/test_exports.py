import csv
import io
from datetime import date

import openpyxl
import pytest
import time_machine
from sqlalchemy import select

from admin.responses import exports
from survey.audit.models import AuditLine
from survey.db import db
from survey.questionnaires import publication
from tests import factories
from tests.survey.answering.documents import in_both, item
from tests.survey.tallies.answers import ALIKE, DAY, give, release_all

FILE = "/admin/exports/responses"
COUNTS = "/admin/exports/counts"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def asked(company):
    """Return a version with responses at two points and a question that managers may not read."""
    document = {"questions": [item("q"), item("coach", withheld=True), item("comment", "text")]}
    version = publication.publish("asked", in_both("Asked"), document, DAY)
    give(company["P1"], version, *({"q": 4, "coach": 2, "comment": f"=好 {n}"} for n in range(6)))
    give(company["P2"], version, *[{"q": 1, "coach": 1}] * 7)
    release_all()
    return version


def get(client, path=FILE, **arguments):
    chosen = {"format": "csv", "reason": "audit"} if path == FILE else {}
    return client.get(path, query_string={"lang": "en", "questionnaire": "asked"} | chosen | arguments)


def lines(response):
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("role", "status"),
    [("administrator", 200), ("manager", 200), ("auditor", 200), ("marketing", 403)],
)
@pytest.mark.parametrize("path", ["/admin/exports/", COUNTS])
def test_roles_that_may_export_enter_the_page(enter, asked, role, status, path):
    assert get(enter(role), path).status_code == status


@pytest.mark.parametrize(
    ("role", "status"),
    [("administrator", 200), ("auditor", 200), ("manager", 403), ("marketing", 403)],
)
def test_rows_of_responses_are_for_administrators_and_auditors(enter, asked, role, status):
    assert get(enter(role)).status_code == status


def test_a_manager_is_offered_counts_only(enter, asked):
    client = enter("manager")
    page = get(client, "/admin/exports/").text
    assert "Counts by service point" in page
    assert "Parquet" not in page
    assert 'name="reason"' not in page
    assert get(client, COUNTS, format="sav").status_code == 422


def test_rows_need_a_reason_which_is_logged(enter, asked):
    client = enter("administrator")
    response = get(client, reason="")
    assert response.status_code == 422
    assert "Choose what single responses are for." in response.text
    assert get(client).status_code == 200
    *_, line = db.session.scalars(
        select(AuditLine).where(AuditLine.act == "exports.responses").order_by(AuditLine.number)
    )
    assert line.subject["reason"] == "audit"


def test_counts_are_those_of_the_scope_by_month_question_and_value(enter, asked):
    rows = lines(get(enter("manager"), COUNTS))
    assert {row["place_code"] for row in rows} == {"P1"}
    counted = {(row["month"], row["question"], row["value"]): row["answers"] for row in rows}
    assert counted == {("2026-11", "", ""): "6", ("2026-11", "q", "4"): "6"}
    everywhere = lines(get(enter("administrator"), COUNTS))
    assert {row["question"] for row in everywhere} == {"", "q", "coach"}
    assert sum(int(row["answers"]) for row in everywhere if not row["question"]) == 13


def test_rows_say_neither_point_nor_employee_nor_month(enter, asked):
    rows = lines(get(enter("administrator")))
    assert {tuple(row)[:4] for row in rows} == {("response", "quarter", "region_code", "region_name")}
    assert {(row["quarter"], row["region_code"]) for row in rows} == {
        ("2026-Q4", "EAST"),
        ("2026-Q4", "WEST"),
    }
    assert get(enter("administrator"), place="P1").status_code == 422


def test_visitors_are_asked_to_sign_in(embedded_client, asked):
    for path in ("/admin/exports/", FILE):
        assert get(embedded_client, path).location.startswith("/admin/sign-in")


@pytest.mark.parametrize("form", ["csv", "sav"])
def test_a_file_has_its_content_type(enter, asked, form):
    content_type = get(enter("administrator"), format=form).headers["Content-Type"]
    assert content_type == {"csv": "text/csv; charset=utf-8", "sav": "application/x-spss-sav"}[form]


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_administrators_and_auditors_get_all_responses(enter, asked, role):
    rows = lines(get(enter(role)))
    assert len(rows) == 13
    assert {line["coach"] for line in rows} == {"1", "2"}


@pytest.mark.parametrize("role", ["administrator", "manager", "auditor"])
def test_counts_have_nothing_of_responses_that_wait(enter, asked, company, role):
    few = factories.place("point", company["EAST"], "FEW")
    give(few, asked, *[{"q": 1}] * 4)
    assert "FEW" not in get(enter(role), COUNTS).get_data(as_text=True)
    assert lines(get(enter(role), COUNTS, place="FEW")) == []


@pytest.mark.parametrize("code", ["P2", "WEST", "TOP", "nowhere"])
def test_a_unit_outside_the_scope_is_not_found(enter, asked, code):
    response = get(enter("manager"), COUNTS, place=code)
    assert response.status_code == 404
    assert "There is no unit with this code in your scope." in response.get_data(as_text=True)


def test_an_export_can_be_limited_to_a_unit(enter, asked):
    client = enter("administrator")
    assert len(lines(get(client, place="WEST"))) == 7
    assert len(lines(get(client, place=" EAST "))) == 6


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"questionnaire": "nothing"}, "Questionnaire: Not a valid choice"),
        ({"format": "doc"}, "Format: Not a valid choice"),
        ({"period": "custom"}, "Enter both dates."),
        ({"from": "2026-11-02", "to": "2026-11-01"}, "The end date is before the start date."),
        ({"place": "x" * 65}, "Field cannot be longer than 64 characters."),
    ],
)
def test_invalid_filters_show_errors_at_their_fields(enter, asked, arguments, error):
    response = get(enter("administrator"), **arguments)
    assert response.status_code == 422
    assert error in response.get_data(as_text=True)
    assert "attachment" not in response.headers.get("Content-Disposition", "")


def test_too_many_responses_for_a_file_are_rejected(enter, asked, monkeypatch):
    monkeypatch.setattr(exports, "MOST", 10)
    client = enter("administrator")
    response = get(client)
    assert response.status_code == 422
    assert "There are 13 responses; one file holds at most 10." in response.get_data(as_text=True)
    assert get(client, place="EAST").status_code == 200


def test_months_without_answers_give_an_empty_file(enter, asked):
    response = get(enter("manager"), COUNTS, **{"from": "2025-01-05", "to": "2025-01-06"})
    assert lines(response) == []


def test_the_file_has_a_name_and_is_not_cached(enter, asked):
    response = get(enter("administrator"), format="xlsx", period="last-month")
    assert response.headers["Content-Disposition"] == "attachment; filename=asked-2026-10-01-2026-12-31.xlsx"
    assert response.headers["Cache-Control"] == "no-store"
    assert int(response.headers["Content-Length"]) == len(response.data)
    assert openpyxl.load_workbook(io.BytesIO(response.data)).sheetnames == ["Responses", "Columns"]


def test_the_file_name_shows_the_months_of_the_file(enter, asked):
    response = get(enter("manager"), COUNTS, **{"from": "2026-10-05", "to": "2026-11-02"})
    assert "asked-counts-2026-10-01-2026-11-30.csv" in response.headers["Content-Disposition"]


def test_texts_are_in_the_language_of_the_page(enter, asked):
    client = enter("administrator")
    assert "Q（中）" in get(client, format="columns", lang="zh_Hans_CN").get_data(as_text=True)
    assert "Q（中）" not in get(client, format="columns").get_data(as_text=True)


def test_the_page_describes_the_file(enter, asked):
    text = get(enter("manager"), "/admin/exports/").get_data(as_text=True)
    assert "batches of at least 5" in text
    assert "withheld from managers" not in text
    assert "withheld from managers" in get(enter("auditor"), "/admin/exports/").get_data(as_text=True)


def test_the_page_without_a_questionnaire_offers_no_form(enter):
    client = enter("administrator")
    text = client.get("/admin/exports/?lang=en").get_data(as_text=True)
    assert "There is no questionnaire." in text
    assert client.get(f"{FILE}?lang=en").status_code == 422


def test_an_export_releases_nothing_and_holds_what_was_released(enter, company):
    version = factories.version()
    give(company["P1"], version, *[ALIKE] * 5, day=date(2026, 11, 22))
    assert lines(get(enter("administrator"), questionnaire=version.questionnaire.slug)) == []
    release_all()
    assert len(lines(get(enter("administrator"), questionnaire=version.questionnaire.slug))) == 5

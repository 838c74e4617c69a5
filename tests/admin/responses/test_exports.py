import csv
import io
from datetime import date

import openpyxl
import pytest
import time_machine

from admin.responses import exports
from survey.questionnaires import publication
from survey.tallies import folding
from tests import factories
from tests.survey.answering.documents import in_both, item
from tests.survey.tallies.answers import ALIKE, DAY, give

FILE = "/admin/exports/responses"


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
    folding.fold_all()
    return version


def get(client, path=FILE, **arguments):
    return client.get(path, query_string={"lang": "en", "questionnaire": "asked"} | arguments)


def lines(response):
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("role", "status"),
    [("administrator", 200), ("manager", 200), ("auditor", 200), ("marketing", 403)],
)
@pytest.mark.parametrize("path", ["/admin/exports/", FILE])
def test_roles_that_may_export_enter_the_page(enter, asked, role, status, path):
    assert get(enter(role), path).status_code == status


def test_visitors_are_asked_to_sign_in(embedded_client, asked):
    for path in ("/admin/exports/", FILE):
        assert get(embedded_client, path).location.startswith("/admin/sign-in")


@pytest.mark.parametrize("form", ["csv", "sav"])
def test_a_file_has_its_content_type(enter, asked, form):
    content_type = get(enter("administrator"), format=form).headers["Content-Type"]
    assert content_type == {"csv": "text/csv; charset=utf-8", "sav": "application/x-spss-sav"}[form]


def test_a_manager_gets_their_scope_without_withheld_questions(enter, asked):
    rows = lines(get(enter("manager")))
    assert {line["place_code"] for line in rows} == {"P1"}
    assert len(rows) == 6
    assert "coach" not in rows[0]


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_administrators_and_auditors_get_all_responses(enter, asked, role):
    rows = lines(get(enter(role)))
    assert len(rows) == 13
    assert {line["coach"] for line in rows} == {"1", "2"}


@pytest.mark.parametrize("role", ["administrator", "manager", "auditor"])
def test_a_file_has_no_group_of_fewer_than_k(enter, asked, company, role):
    few = factories.place("point", company["EAST"], "FEW")
    give(few, asked, *[{"q": 1}] * 4)
    assert "FEW" not in get(enter(role)).get_data(as_text=True)
    assert lines(get(enter(role), place="FEW")) == []


@pytest.mark.parametrize("code", ["P2", "WEST", "TOP", "nowhere"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "columns"])
def test_a_unit_outside_the_scope_is_not_found(enter, asked, code, form):
    response = get(enter("manager"), place=code, format=form)
    assert response.status_code == 404
    assert "There is no unit with this code in your scope." in response.get_data(as_text=True)


def test_an_export_can_be_limited_to_a_unit(enter, asked):
    client = enter("administrator")
    assert len(lines(get(client, place="WEST"))) == 7
    assert len(lines(get(client, place=" P1 "))) == 6


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
    assert get(client, place="P1").status_code == 200


def test_months_without_answers_give_an_empty_file(enter, asked):
    response = get(enter("manager"), **{"from": "2025-01-05", "to": "2025-01-06"})
    assert lines(response) == []


def test_the_file_has_a_name_and_is_not_cached(enter, asked):
    response = get(enter("manager"), format="xlsx", period="last-month")
    assert response.headers["Content-Disposition"] == "attachment; filename=asked-2026-10-01-2026-10-31.xlsx"
    assert response.headers["Cache-Control"] == "no-store"
    assert int(response.headers["Content-Length"]) == len(response.data)
    assert openpyxl.load_workbook(io.BytesIO(response.data)).sheetnames == ["Responses", "Columns"]


def test_the_file_name_shows_the_months_of_the_file(enter, asked):
    response = get(enter("manager"), **{"from": "2026-10-05", "to": "2026-11-02"})
    assert "asked-2026-10-01-2026-11-30.csv" in response.headers["Content-Disposition"]


def test_texts_are_in_the_language_of_the_page(enter, asked):
    client = enter("manager")
    assert "Q（中）" in get(client, format="columns", lang="zh_Hans_CN").get_data(as_text=True)
    assert "Q（中）" not in get(client, format="columns").get_data(as_text=True)


def test_the_page_describes_the_file(enter, asked):
    text = get(enter("manager"), "/admin/exports/").get_data(as_text=True)
    assert "a group of at least 5" in text
    assert "withheld from managers" not in text
    assert "withheld from managers" in get(enter("auditor"), "/admin/exports/").get_data(as_text=True)


def test_the_page_without_a_questionnaire_offers_no_form(enter):
    client = enter("administrator")
    text = client.get("/admin/exports/?lang=en").get_data(as_text=True)
    assert "There is no questionnaire." in text
    assert client.get(f"{FILE}?lang=en").status_code == 422


def test_waiting_responses_are_tallied_before_an_export(enter, company):
    version = factories.version()
    give(company["P1"], version, *[ALIKE] * 5, day=date(2026, 11, 22))
    assert len(lines(get(enter("manager"), questionnaire=version.questionnaire.slug))) == 5

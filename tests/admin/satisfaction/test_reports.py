import io
from datetime import date

import openpyxl
import pypdfium2
import pytest
import time_machine

from admin.satisfaction import reports
from tests import factories
from tests.survey.tallies.answers import give, release_all, some


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def answered(company):
    """Return a version with answers in September and October at two points."""
    version = factories.version()
    for number, code in enumerate(("P1", "P2")):
        give(company[code], version, *some(20, seed=number), day=date(2026, 10, 5))
        give(company[code], version, *some(15, seed=number + 5), day=date(2026, 9, 5))
    release_all()
    return version


def get(client, code, file="file", **arguments):
    return client.get(f"/admin/reports/{code}/{file}", query_string={"lang": "en"} | arguments)


def words(data):
    with pypdfium2.PdfDocument(data) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
        return pages


@pytest.mark.parametrize(
    ("role", "status"), [("administrator", 200), ("manager", 200), ("auditor", 200), ("marketing", 403)]
)
@pytest.mark.parametrize("file", ["", "file"])
def test_only_roles_that_read_figures_get_reports(enter, answered, role, status, file):
    assert get(enter(role), "EAST", file).status_code == status


@pytest.mark.parametrize("file", ["", "file"])
def test_strangers_are_asked_to_sign_in(embedded_client, answered, file):
    assert get(embedded_client, "EAST", file).location.startswith("/admin/sign-in")


@pytest.mark.parametrize("code", ["TOP", "WEST", "P2", "nowhere"])
@pytest.mark.parametrize("file", ["", "file"])
def test_a_unit_out_of_scope_is_not_found(enter, answered, code, file):
    assert get(enter("manager"), code, file).status_code == 404


def test_the_previous_month_is_downloaded_as_pdf(enter, answered):
    response = get(enter("manager"), "EAST")
    assert response.mimetype == "application/pdf"
    name = "EAST-service-satisfaction-2026-10-en.pdf"
    assert response.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert response.headers["Cache-Control"] == "no-store"
    pages = words(response.data)
    assert "October 2026" in pages[0]
    assert "P2" not in "".join(pages)


def test_a_report_is_downloaded_as_a_workbook_in_chinese(enter, answered):
    response = get(enter("administrator"), "TOP", format="xlsx", language="zh", month="2026-09")
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    assert book.sheetnames[0] == "概览"
    assert ("答卷", 30) in [row[:2] for row in book["概览"].iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"month": "2026-13"}, "Enter a month from 2000 to now, such as 2026-10."),
        ({"month": ""}, "Enter a month from 2000 to now, such as 2026-10."),
        ({"month": "2026-12"}, "Enter a month from 2000 to now, such as 2026-10."),
        ({"month": "1999-12"}, "Enter a month from 2000 to now, such as 2026-10."),
        ({"questionnaire": "nothing"}, "Not a valid choice"),
        ({"language": "ug"}, "Not a valid choice"),
        ({"format": "doc"}, "Not a valid choice"),
    ],
)
def test_bad_choices_are_reported_at_their_fields(enter, answered, arguments, message):
    response = get(enter("administrator"), "TOP", **arguments)
    assert response.status_code == 422
    assert message in response.get_data(as_text=True)


def test_a_report_of_too_many_service_points_is_rejected(enter, answered, monkeypatch):
    monkeypatch.setattr(reports, "MOST", 1)
    response = get(enter("administrator"), "TOP")
    assert response.status_code == 422
    assert "can cover at most 1 service points" in response.get_data(as_text=True)


def test_a_report_of_a_month_without_answers_says_so(enter, answered):
    assert "Too few responses this month" in words(get(enter("manager"), "P1", month="2026-01").data)[0]


def test_no_report_is_offered_without_a_questionnaire(enter):
    client = enter("administrator")
    assert "There is no questionnaire." in get(client, "TOP", "").get_data(as_text=True)
    assert get(client, "TOP").status_code == 422


def test_pages_of_places_link_to_their_reports(enter, answered):
    client = enter("manager")
    assert "/admin/reports/P1/" in client.get("/admin/indexes/P1").get_data(as_text=True)
    assert "/admin/reports/" not in client.get("/admin/indexes/employees/E1").get_data(as_text=True)

from __future__ import annotations

import io

import openpyxl
import pytest
import time_machine

from tests import factories
from tests.survey.rewards.books import history

URL = "/admin/statements/"


@pytest.fixture
def auditor(embedded_app, sign_in):
    with time_machine.travel("2026-11-23 12:00:00+08:00", tick=False):
        client = sign_in(embedded_app.test_client(), factories.staff("auditor"))
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        yield client


def test_the_statement_of_the_last_month_reconciles(auditor):
    history()
    text = auditor.get(URL).text
    assert "2026-10-01 to 2026-10-31" in text
    assert "Reconciles" in text
    assert "−15" in text
    assert "1 claim codes with 10 points were unclaimed" in text
    assert ">65<" in auditor.get(URL + "?month=2026-11").text


def test_the_empty_statement_says_that_there_are_no_points(auditor):
    assert "No points in the ledger yet" in auditor.get(URL).text


def test_a_statement_is_downloaded_as_files(auditor):
    history()
    book = openpyxl.load_workbook(io.BytesIO(auditor.get(URL + "xlsx?month=2026-10").data))
    assert book.worksheets[0]["H4"].value == 35
    reply = auditor.get(URL + "pdf?month=2026-10&lang=zh_Hans_CN")
    assert reply.data.startswith(b"%PDF")
    assert reply.headers["Content-Disposition"] == "attachment; filename=points-2026-10-zh.pdf"


@pytest.mark.parametrize("month", ["", "soon", "2026-13", "99999-01", "1000-01"])
def test_an_invalid_month_is_rejected(auditor, month):
    for page in ("", "pdf", "xlsx"):
        reply = auditor.get(f"{URL}{page}?month={month}")
        assert reply.status_code == 422

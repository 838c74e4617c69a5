from __future__ import annotations

import csv
import io

import pytest
import time_machine

from admin.points import ledger as module
from admin.points.labels import ACCOUNTS, REASONS, signed
from survey.rewards.models.books import COMPANYS, CUSTOMERS
from survey.rewards.queries import journal
from tests import factories
from tests.survey.rewards.books import history

URL = "/admin/books/"


@pytest.fixture
def auditor(embedded_app, sign_in):
    with time_machine.travel("2026-11-23 12:00:00+08:00", tick=False):
        client = sign_in(embedded_app.test_client(), factories.staff("auditor"))
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        yield client


def test_the_empty_ledger_explains_when_entries_appear(auditor):
    assert "No points in the ledger yet" in auditor.get(URL).text
    assert "No transactions found" in auditor.get(URL + "journal").text


def test_balances_of_each_campaign_sum_to_zero(auditor):
    history()
    text = auditor.get(URL).text
    assert "−80" in text  # the sum of all issued points
    assert "Owed to customers: 65 points" in text
    assert "Σ = 0" in text


def test_the_journal_shows_entries_and_is_filtered(auditor):
    _, other = history()
    text = auditor.get(URL + "journal").text
    assert text.count("<tr>") == 10
    assert "Reward handed out" in text
    text = auditor.get(f"{URL}journal?campaign={other.id}&reason=claim").text
    assert text.count("<tr>") == 3
    assert auditor.get(URL + "journal?from=2026-11-01&to=2026-11-02").text.count("<tr>") == 3


def test_an_impossible_transfer_number_is_not_found(auditor):
    assert auditor.get(f"{URL}journal?before={10**20}").status_code == 404


def test_the_journal_is_paged_by_number(auditor, monkeypatch):
    monkeypatch.setattr(module, "PAGE", 4)
    history()
    first = auditor.get(URL + "journal").text
    assert first.count("<tr>") == 5
    before = first.partition("before=")[2].partition('"')[0]
    second = auditor.get(f"{URL}journal?before={before}").text
    assert second.count("<tr>") == 5
    assert "The latest" in second


def test_an_invalid_filter_is_rejected(auditor):
    reply = auditor.get(URL + "journal?from=2026-11-02&to=2026-11-01")
    assert reply.status_code == 422
    assert "Must not be before the start date." in reply.text
    assert auditor.get(URL + "journal?from=99999-01-01").status_code == 422
    assert auditor.get(URL + "journal.csv?from=2026-11-02&to=2026-11-01").status_code == 422
    assert auditor.get(URL + "journal?reason=nothing").status_code == 422


def test_the_journal_as_csv_balances(auditor, monkeypatch):
    history()
    reply = auditor.get(URL + "journal.csv")
    rows = list(csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert sum(int(row["points"]) for row in rows) == 0
    assert len(rows) == journal.count_entries(journal.TransferFilter())
    assert {row["account"] for row in rows} == {"issued", "wallet", "pending", "held", "redeemed"}
    monkeypatch.setattr(module, "MOST", 3)
    reply = auditor.get(URL + "journal.csv")
    assert reply.status_code == 422
    assert "Choose fewer days" in reply.text


def test_every_account_and_reason_has_a_name():
    assert set(ACCOUNTS) == {*COMPANYS, *CUSTOMERS}
    assert tuple(REASONS) == journal.REASONS
    assert signed(-1234567) == "−1,234,567"


@pytest.mark.parametrize("role", ["marketing", "manager"])
def test_other_roles_cannot_open_the_ledger(embedded_app, sign_in, role):
    person = factories.staff(role, factories.place() if role == "manager" else None)
    client = sign_in(embedded_app.test_client(), person)
    for page in ("", "journal", "journal.csv"):
        assert client.get(URL + page).status_code == 403

from __future__ import annotations

import csv
import io

import openpyxl
import pypdfium2
import pytest
import time_machine
from sqlalchemy import text

from survey.cli.ledger import SENTENCES, describe
from survey.db import db
from survey.rewards.verification import PROOFS, LedgerDifference
from tests.survey.rewards.books import history


@pytest.fixture
def run(app):
    history()
    runner = app.test_cli_runner()
    with time_machine.travel("2026-11-23 12:00:00+08:00", tick=False):
        yield lambda *words: runner.invoke(args=["ledger", *words])


def test_books_that_are_right_are_said_to_be(run):
    done = run("verify")
    assert (done.exit_code, done.output) == (0, "The books are right to the last point.\n")


def test_differences_are_listed_and_the_exit_code_is_1(run):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE account SET balance = balance + 5 WHERE kind = 'pending'"))
    done = run("verify")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert any(line.endswith("its entries sum to 10, its balance says 15") for line in lines)
    assert any("accounts sum to 5, not to 0" in line for line in lines)
    assert any("10 points wait for a review, pending are 15" in line for line in lines)
    assert "Differences: 3." in done.stderr


def test_every_kind_of_difference_has_its_sentence():
    assert set(SENTENCES) == set(PROOFS)
    assert describe(LedgerDifference("credit", "ab" * 32, 10, 0)).startswith(
        "claim abababababababab: taken with 10"
    )


def test_the_statement_of_a_month_is_printed_as_csv(run):
    done = run("statement", "--month", "2026-10", "--language", "en")
    assert done.exit_code == 0
    rows = list(csv.reader(io.StringIO(done.output)))
    assert rows[0] == [
        "Campaign",
        "Opening",
        "Issued",
        "Voided",
        "Adjusted",
        "Handed out",
        "Expired",
        "Closing",
    ]
    assert [row[1:] for row in rows[1:]] == [
        ["10", "20", "0", "0", "-15", "0", "15"],
        ["0", "20", "0", "0", "0", "0", "20"],
        ["10", "40", "0", "0", "-15", "0", "35"],
    ]


def test_the_last_month_is_stated_by_default_and_files_are_written(run, tmp_path):
    book, page = tmp_path / "s.xlsx", tmp_path / "s.pdf"
    assert run("statement", "-o", str(book), "--language", "en").exit_code == 0
    assert run("statement", "-o", str(page), "--language", "zh").exit_code == 0
    sheet = openpyxl.load_workbook(book).worksheets[0]
    assert [cell.value for cell in sheet[4]] == ["All campaigns", 10, 40, 0, 0, -15, 0, 35]
    words = pypdfium2.PdfDocument(page)[0].get_textpage().get_text_range()
    assert "积分月报 · 2026年10月" in words


def test_a_file_of_another_kind_or_in_no_folder_is_refused(run, tmp_path):
    assert run("statement", "-o", str(tmp_path / "s.doc")).exit_code == 2
    done = run("statement", "-o", str(tmp_path / "nowhere" / "s.pdf"))
    assert done.exit_code == 1
    assert "No such file or directory" in done.stderr

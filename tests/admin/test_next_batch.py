"""Tests of what pages of figures say about the next batch: its day, or that nothing is open yet."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from sqlalchemy import event

from admin.next_batch import NextBatch, next_batch
from survey.batches.opening import open_queues
from survey.db import db
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, release_all

DAY = date(2026, 11, 24)
PAGES = (
    "/admin/indexes/{code}",
    "/admin/indexes/drivers/{code}",
    "/admin/indexes/comparison/{code}",
    "/admin/indexes/comments/{code}",
    "/admin/targets/{code}",
    "/admin/reports/{code}/",
    "/admin/exports/",
)
DUE = "The next batch is due on December 4, 2026."
NOT_OPEN = "No service point is open here yet"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def version(company):
    return factories.version()


def text_of(client, page: str, code: str = "P1") -> str:
    return client.get(page.format(code=code), headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize("has_answers", [False, True])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_figures_says_when_the_next_batch_is_due(enter, company, version, page, has_answers):
    if has_answers:
        give(company["P1"], version, *[ALIKE] * 30)
        release_all()
        give(company["P1"], version, *[ALIKE] * 43)
    open_queues([(company["P1"].id, version.questionnaire_id)], DAY, expected=2)
    text = text_of(enter("manager"), page)
    assert DUE in text
    assert "Responses appear in batches of usually 20 or more" in text
    assert not re.search(r"\b43\b", text)


@pytest.mark.parametrize("page", PAGES)
def test_a_unit_without_an_open_point_says_so_and_leads_administrators_there(enter, version, page):
    text = text_of(enter("administrator"), page, "EAST")
    assert NOT_OPEN in text
    assert 'href="/admin/releases/"' in text
    assert "Open service points" not in text_of(enter("manager"), page, "EAST")


def test_an_employee_page_says_when_the_batch_of_the_point_is_due(enter, company, version):
    assert "This service point is not open yet" in text_of(enter("manager"), "/admin/indexes/employees/E1")
    open_queues([(company["P1"].id, version.questionnaire_id)], DAY, expected=2)
    assert DUE in text_of(enter("manager"), "/admin/indexes/employees/E1")


def test_a_batch_whose_day_is_over_is_due_today(company, version):
    open_queues([(company["P1"].id, version.questionnaire_id)], date(2026, 10, 1))
    assert next_batch(company["EAST"], version) == NextBatch(DAY, False)
    assert next_batch(company["P1"]) == NextBatch(DAY, True)
    assert next_batch(company["WEST"]) == NextBatch(None, False)


def test_one_statement_finds_the_day(company, version):
    statements: list[str] = []
    top = company["TOP"]
    assert top.path
    event.listen(db.engine, "before_cursor_execute", lambda *found: statements.append(found[2]))
    next_batch(top, version)
    assert len([one for one in statements if one.startswith("SELECT")]) == 1

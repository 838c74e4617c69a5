"""Tests of the words of the audit log."""

import pytest
from flask_babel import gettext
from sqlalchemy import CheckConstraint

from admin.audit_log.record_labels import (
    COLUMNS,
    OF_TABLES,
    STATES,
    TABLES,
    column_name,
    value_text,
)
from survey.audit.rules import allowlist
from survey.db import db


def test_every_table_has_a_name():
    assert TABLES.keys() == db.metadata.tables.keys()


def test_every_column_that_the_log_tells_or_names_has_a_name():
    named = {
        column
        for columns in (allowlist.TOLD, allowlist.WITHHELD)
        for names in columns.values()
        for column in names
    }
    assert COLUMNS.keys() == named - {"value"}
    assert {place.partition(".")[2] for place in OF_TABLES} >= {"value"}


@pytest.mark.parametrize("table", ["adjustment", "redemption", "review", "version"])
def test_every_state_of_a_row_has_a_name(table):
    constraints = db.metadata.tables[table].constraints
    checks = [str(check.sqltext) for check in constraints if isinstance(check, CheckConstraint)]
    words = next(check for check in checks if check.startswith("state IN"))
    assert {word.strip("' ") for word in words.partition("(")[2].rstrip(")").split(",")} <= STATES.keys()


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("remaining", 5, "5"),
        ("remaining", None, "–"),
        ("paused", True, "Yes"),
        ("paused", False, "No"),
        ("role", "counter", "Counter staff"),
        ("kind", "group", "Company"),
        ("kind", "gift", "Gift"),
        ("state", "void", "Voided"),
        ("channel", "sms", "Text message"),
        ("amount_off", 550, "5.5"),
        ("figure", "nps", "NPS"),
        ("said", "add", "new question"),
        ("place_id", 7, "No. 7"),
        ("decided_by", 7, "No. 7"),
        ("picture_id", "ab", "ab"),
        ("starts_on", "2026-11-30", "2026-11-30"),
    ],
)
def test_a_value_is_in_words(embedded_app, column, value, words):
    with embedded_app.test_request_context("/?lang=en"):
        assert value_text(column, value) == words


def test_a_column_is_called_by_what_it_means_in_its_table(embedded_app):
    with embedded_app.test_request_context("/?lang=en"):
        assert column_name("place", "code") == gettext("Code")
        assert column_name("employee", "code") == gettext("Employee number")
        assert column_name("unheard", "of") == "of"

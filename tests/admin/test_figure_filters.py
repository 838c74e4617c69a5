from __future__ import annotations

import pytest
import time_machine
from flask import Flask

from admin import figure_filters
from survey.periods import Period
from survey.questionnaires import drafting, publication
from tests import factories
from tests.catalogue import zh


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        yield


def test_addresses_keep_the_filters_and_nothing_else(embedded_app: Flask):
    with embedded_app.test_request_context("/admin/indexes/P1?period=year&by=point&sort=n&page=2&lang=en"):
        assert figure_filters.address("indexes.place", "P2") == "/admin/indexes/P2?period=year"
        assert figure_filters.address(None, sort="nps") == "/admin/indexes/P1?period=year&by=point&sort=nps"
        assert figure_filters.address(None, by="region") == "/admin/indexes/P1?period=year&sort=n&by=region"


def test_the_filters_have_defaults(embedded_app: Flask):
    version = factories.version()
    drafting.begin("service-satisfaction", publication.library_document("r5"))
    with embedded_app.test_request_context("/admin/indexes/"):
        choice = figure_filters.choose()
        assert choice.valid
        assert [queried.number for queried in choice.query.versions] == [version.number]  # without the draft
        assert (str(choice.query.period.first), str(choice.query.period.last)) == ("2026-09-01", "2026-11-30")
        assert choice.texts["quality"] in (zh("Quality"), "Quality")
        assert "question.overall" in choice.texts


def test_filters_are_described_in_words(embedded_app: Flask):
    factories.version()
    asked = "/admin/indexes/?lang=en&period=year&care=unflagged"
    with embedded_app.test_request_context(asked):
        assert figure_filters.choose().form.description() == ["This year", "Flagged responses: Excluded"]
    factories.version("another")
    with embedded_app.test_request_context("/admin/indexes/?lang=en"):
        questionnaire, *others = figure_filters.choose().form.description()
        assert (questionnaire != "", others) == (True, ["Last 3 months"])


def test_the_filters_are_empty_without_a_questionnaire(embedded_app: Flask):
    with embedded_app.test_request_context("/admin/indexes/"):
        choice = figure_filters.choose()
    assert (choice.valid, list(choice.query.versions)) == (True, [])
    assert isinstance(choice.query.period, Period)

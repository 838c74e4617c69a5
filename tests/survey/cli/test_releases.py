"""Tests of ``huiyin releases``: it opens the service points that are named, or all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from survey.audit.models import AuditLine
from survey.batches.models import Queue
from survey.db import db
from survey.places import queries as places
from survey.questionnaires.models import Questionnaire
from tests import factories


@pytest.fixture
def run(app):
    def open_(*arguments: str):
        return app.test_cli_runner().invoke(args=["releases", "open", *arguments])

    return open_


@pytest.fixture
def company(app):
    """Two regions of a company, each with a service point that has a link."""
    top = factories.place("group", code="TOP")
    version = factories.version()
    for code in ("EAST", "WEST"):
        point = factories.place("point", factories.place("region", top, code), f"{code}-1")
        factories.link(point, of=version)
    factories.place("point", top, "NO-LINK")


def opened() -> list[tuple[str, float, timedelta]]:
    db.session.rollback()
    queues = db.session.scalars(select(Queue))
    return sorted(
        (places.place_by_id(queue.place_id).code, queue.expected, queue.closes_on - queue.opens_on)
        for queue in queues
    )


def test_all_service_points_with_a_link_are_opened_once(run, company):
    assert run("--all").output == "2 service points opened.\n"
    assert run("--all").output == "0 service points opened.\n"
    assert opened() == [("EAST-1", 0, timedelta(28)), ("WEST-1", 0, timedelta(28))]


def test_a_region_opens_the_service_points_below_it(run, company):
    assert run("EAST", "--expected", "5").output == "1 service points opened.\n"
    assert opened() == [("EAST-1", 5, timedelta(4))]


def test_only_the_named_questionnaire_is_opened(run, company):
    slug = db.session.scalar(select(Questionnaire.slug))
    assert run("--all", "--questionnaire", "another").output == "0 service points opened.\n"
    assert run("--all", "--questionnaire", slug).output == "2 service points opened.\n"


@pytest.mark.parametrize("arguments", [(), ("--all", "EAST"), ("NOWHERE",), ("EAST", "--expected", "-1")])
def test_a_wrong_call_opens_nothing(run, company, arguments):
    assert run(*arguments).exit_code in (1, 2)
    assert opened() == []


def test_the_audit_log_says_who_opened_what(run, company):
    run("EAST")
    line = db.session.scalars(select(AuditLine).filter_by(act="releases open")).one()
    queue = db.session.scalars(select(Queue)).one()
    (change,) = line.changes
    assert (change["table"], change["values"]["place_id"]) == ("queue", [None, queue.place_id])
    assert not {"rate", "floor"} & change["values"].keys()

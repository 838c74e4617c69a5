"""Bulk rows as the import and the demonstration store them."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from survey.db import db, dumps
from survey.responses import queries
from survey.responses.models import Response, Waiting
from survey.transaction import transaction
from tests import factories

# What a bulk load might trip over.
ANSWERS = {"overall": 5, "comment": "好\\N \\ \t \n \"' ,"}


@pytest.fixture
def row(app: Flask):
    """A bulk row of a place, by the number that makes its id."""
    version = factories.version()

    def make(place, number: int) -> queries.BulkRow:
        key = number.to_bytes(16, "big")
        return place.id, key, None, version.id, "2026-11-02", "import", "und", dumps(ANSWERS), 0

    return make


def add(*rows: queries.BulkRow) -> int:
    with transaction() as session:
        queries.begin_bulk(session)
        added = queries.add_bulk(session, rows)
        queries.end_bulk(session)
    return added


def test_rows_are_added_once_and_each_waits(row):
    point = factories.place()
    first, second, third = (row(point, number) for number in range(3))
    assert add(first, second) == 2
    assert add(second, third) == 1
    assert add() == 0
    stored = db.session.scalars(db.select(Response)).all()
    assert {response.id for response in stored} == {uuid.UUID(int=number) for number in range(3)}
    assert all(response.answers == ANSWERS for response in stored)
    waiting = db.session.execute(db.select(Waiting.place_id, Waiting.response_id)).all()
    assert sorted(map(tuple, waiting)) == sorted((response.place_id, response.id) for response in stored)


def test_counting_writes_nothing(row):
    point = factories.place()
    known, new = row(point, 1), row(point, 2)
    add(known)
    with transaction() as session:
        queries.begin_bulk(session)
        assert queries.count_new(session, [known, new]) == 1
        assert queries.add_bulk(session, [known, new]) == 1
        queries.end_bulk(session)


def test_the_same_id_at_another_place_is_another_response_that_can_be_found(row):
    here, there, nowhere = (factories.place(code=code) for code in "BAC")
    assert add(row(here, 1), row(there, 1), row(nowhere, 2)) == 3
    assert queries.places_with([(1).to_bytes(16, "big"), (9).to_bytes(16, "big")]) == ["A", "B"]
    assert queries.places_with([]) == []


def test_responses_of_all_versions_of_a_questionnaire_are_counted(row):
    point = factories.place()
    add(row(point, 1), row(point, 2))
    other = factories.version("other")
    newer = factories.version()
    add((point.id, bytes(16), None, newer.id, "2026-11-02", "import", "und", "{}", None))
    assert queries.count_responses(newer.questionnaire_id) == 3
    assert queries.count_responses(other.questionnaire_id) == 0

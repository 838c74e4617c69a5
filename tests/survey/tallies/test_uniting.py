"""Batches that hold fewer than may be shown become a part of their neighbours, whole."""

import dataclasses
from datetime import date

from sqlalchemy import select, update

from survey.batches.models import Batch, Carried, Queue
from survey.db import db
from survey.responses.models import Response, Waiting
from survey.tallies import verification
from survey.tallies.history import release_files
from survey.tallies.rebuilding import rebuild
from survey.tallies.uniting import unite_small
from survey.transaction import transaction
from tests import factories
from tests.survey.tallies.answers import RATINGS, give

RATED = dict.fromkeys(RATINGS, 4)
COMMENTED = RATED | {"comment": "好"}
MONTHS = [date(2026, month, 15) for month in range(1, 7)]


def release_month(at, version, *answers: dict, day: date) -> None:
    """Release a batch of these answers, which came in a file."""
    give(at, version, *answers, day=day)
    with db.engine.begin() as connection:
        connection.execute(update(Waiting).values(imported=True))
    assert release_files(5) == len(answers)


def batch_sizes(at) -> list[int]:
    db.session.rollback()
    statement = select(Batch.n).join(Queue, Queue.id == Batch.queue_id).where(Queue.place_id == at.id)
    return list(db.session.scalars(statement.order_by(Batch.closed_on)))


def members() -> dict[int, set]:
    """Return which responses each batch holds."""
    db.session.rollback()
    found: dict[int, set] = {}
    for batch_id, key in db.session.execute(select(Response.batch_id, Response.id)):
        found.setdefault(batch_id, set()).add(key)
    return found


def unite(at, least: int) -> None:
    with transaction() as session:
        unite_small(session, at.id, least)


def test_small_batches_join_their_neighbours_whole(app):
    point, other, version = factories.place(), factories.place(), factories.version()
    for day, number in zip(MONTHS, (6, 7, 12, 8), strict=False):
        release_month(point, version, *[RATED] * number, day=day)
    release_month(other, version, *[RATED] * 6, day=MONTHS[0])
    before = members()
    unite(point, 10)
    assert batch_sizes(point) == [13, 20]
    assert batch_sizes(other) == [6]
    for whole in before.values():
        assert any(whole <= united for united in members().values())


def test_united_batches_add_up_what_they_answered(app):
    point, version = factories.place(), factories.version()
    release_month(point, version, *[COMMENTED] * 6, day=MONTHS[0])
    release_month(point, version, *[COMMENTED] * 6, *[RATED] * 6, day=MONTHS[1])
    unite(point, 10)
    [batch] = db.session.scalars(select(Batch))
    assert (batch.n, batch.answered["overall"], batch.answered["comment"]) == (18, 18, 12)
    list(rebuild())
    assert list(verification.verify()) == []


def shown_commenters(at) -> set:
    """Return whose comments count in the pages' figures: those of no batch that still carries them."""
    db.session.rollback()
    hidden = set(db.session.scalars(select(Carried.batch_id).where(Carried.shown_in.is_(None))))
    responses = db.session.scalars(select(Response).filter_by(place_id=at.id))
    return {one.id for one in responses if "comment" in one.answers and one.batch_id not in hidden}


def test_uniting_changes_the_shown_answers_to_a_question_by_nobody_or_ten(app, monkeypatch):
    """Whoever saw the question's figures before and after would know those of the few."""
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], minimum_group=10))
    point, version = factories.place(), factories.version()
    for day, number, commented in zip(MONTHS, (25, 12, 30), (8, 3, 2), strict=False):
        rated = [RATED] * (number - commented)
        release_month(point, version, *rated, *[COMMENTED] * commented, day=day)
    before = shown_commenters(point)
    assert len(before) == 11
    unite(point, 20)
    assert batch_sizes(point) == [25, 42]
    after = shown_commenters(point)
    assert len(before ^ after) == 0 or len(before ^ after) >= 10
    assert len(after) == 0 or len(after) >= 10

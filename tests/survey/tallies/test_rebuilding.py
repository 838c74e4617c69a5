import dataclasses

from sqlalchemy import delete, func, select, update

from survey.db import db
from survey.responses.models import Waiting
from survey.tallies import verification
from survey.tallies.models import Tally
from survey.tallies.rebuilding import rebuild
from tests import factories
from tests.survey.tallies.answers import ALIKE, days, give, release_all, some


def released_numbers() -> list[int]:
    return sorted(db.session.scalars(select(Tally.n).filter_by(view="released", grain="day", part_id=0)))


def test_a_rebuild_keeps_blocks_and_leaves_waiting_responses(app):
    point, version = factories.place(), factories.version()
    for day in days(6):
        give(point, version, *some(3), day=day)
    release_all()
    give(point, version, *[ALIKE] * 4)
    assert list(rebuild()) == [1]
    assert released_numbers() == [6, 6, 6]
    assert db.session.scalar(select(func.count()).select_from(Waiting)) == 4
    assert list(verification.verify()) == []


def test_queues_that_become_smaller_than_k_wait_again(app, monkeypatch):
    point, version = factories.place(), factories.version()
    wang = factories.employee(point)
    give(point, version, *some(12))
    give(point, version, *some(7), served_by=wang)
    release_all()
    stricter = dataclasses.replace(app.config["SETTINGS"], minimum_group=10)
    monkeypatch.setitem(app.config, "SETTINGS", stricter)
    list(rebuild())
    assert released_numbers() == [12]
    assert db.session.scalar(select(func.count()).select_from(Waiting)) == 7
    assert list(verification.verify()) == []
    give(point, version, *some(3), served_by=wang)
    assert release_all() == 10
    assert released_numbers() == [10, 22]
    assert list(verification.verify()) == []


def released_tallies() -> list[tuple]:
    """Return the released tallies of days, by employee, part and start."""
    columns = (Tally.employee_id, Tally.part_id, Tally.start, Tally.n, Tally.cells)
    return sorted(db.session.execute(select(*columns).filter_by(view="released", grain="day")).all())


def test_a_rebuild_does_not_cut_released_counts_again(app):
    """If they were cut again, the first day and the second would be a block of 8, and somebody who had seen
    the block of 5 before could compute the figures of 3 people."""
    point, version = factories.place(), factories.version()
    first, second, third = days(3)
    give(point, version, *some(4), day=first)
    give(point, version, *some(1), day=second)
    release_all()
    give(point, version, *some(3), day=second)
    give(point, version, *some(2), day=third)
    release_all()
    before = released_tallies()
    assert [row[3] for row in before] == [5, 5, 5, 5]
    list(rebuild())
    assert released_tallies() == before
    assert list(verification.verify()) == []


def test_a_rebuild_replaces_wrong_tallies_and_missing_parts(app):
    point, version = factories.place(), factories.version()
    give(point, version, *some(6))
    give(point, version, *some(5), channel="sms")
    release_all()
    before = released_tallies()
    for statement in (
        delete(Tally).where(Tally.part_id > 0),
        update(Tally).where(Tally.part_id == 0, Tally.view == "released").values(n=99),
        delete(Tally),
    ):
        db.session.execute(statement)
        db.session.commit()
        assert list(verification.verify())
        list(rebuild())
        assert released_tallies() == before
        assert list(verification.verify()) == []

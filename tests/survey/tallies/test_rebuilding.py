import dataclasses

from sqlalchemy import delete, func, select, update

from survey.db import db
from survey.responses.models import Waiting
from survey.tallies import folding, verification
from survey.tallies.models import Tally
from survey.tallies.rebuilding import rebuild
from tests import factories
from tests.survey.tallies.answers import ALIKE, days, give, some


def released() -> list[int]:
    return sorted(db.session.scalars(select(Tally.n).filter_by(view="released", grain="day", part_id=0)))


def test_blocks_are_cut_anew_from_what_was_counted(app):
    point, version = factories.place(), factories.version()
    for day in days(6):
        give(point, version, *some(3), day=day)
    folding.fold()
    give(point, version, *[ALIKE] * 4)
    assert list(rebuild()) == [1]
    assert released() == [6, 6, 6]
    assert db.session.scalar(select(func.count()).select_from(Waiting)) == 4
    assert list(verification.verify()) == []


def test_what_became_too_little_to_be_shown_waits_again(app, monkeypatch):
    point, version = factories.place(), factories.version()
    wang = factories.employee(point)
    give(point, version, *some(12))
    give(point, version, *some(7), served_by=wang)
    folding.fold()
    stricter = dataclasses.replace(app.config["SETTINGS"], minimum_group=10)
    monkeypatch.setitem(app.config, "SETTINGS", stricter)
    list(rebuild())
    assert released() == [12]
    assert db.session.scalar(select(func.count()).select_from(Waiting)) == 7
    assert list(verification.verify()) == []
    give(point, version, *some(3), served_by=wang)
    assert folding.fold() == 10
    assert released() == [10, 22]
    assert list(verification.verify()) == []


def pieces() -> list[tuple]:
    """What may be shown, by day and part."""
    columns = (Tally.employee_id, Tally.part_id, Tally.start, Tally.n, Tally.cells)
    return sorted(db.session.execute(select(*columns).filter_by(view="released", grain="day")).all())


def test_what_was_released_stays_cut_as_it_was(app):
    """Cut anew, the first day and the second would be 4 and 8 together, and whoever had seen the 5 of the
    second day would know about 3."""
    point, version = factories.place(), factories.version()
    first, second, third = days(3)
    give(point, version, *some(4), day=first)
    give(point, version, *some(1), day=second)
    folding.fold()
    give(point, version, *some(3), day=second)
    give(point, version, *some(2), day=third)
    folding.fold()
    before = pieces()
    assert [row[3] for row in before] == [5, 5, 5, 5]
    list(rebuild())
    assert pieces() == before
    assert list(verification.verify()) == []


def test_what_is_wrong_is_cut_anew_and_parts_are_made_where_there_are_none(app):
    point, version = factories.place(), factories.version()
    give(point, version, *some(6))
    give(point, version, *some(5), channel="sms")
    folding.fold()
    before = pieces()
    for statement in (
        delete(Tally).where(Tally.part_id > 0),
        update(Tally).where(Tally.part_id == 0, Tally.view == "released").values(n=99),
        delete(Tally),
    ):
        db.session.execute(statement)
        db.session.commit()
        assert list(verification.verify())
        list(rebuild())
        assert pieces() == before
        assert list(verification.verify()) == []

import dataclasses
from datetime import date

from sqlalchemy import delete, func, select, update

from survey.db import db
from survey.responses.models import Waiting
from survey.tallies import verification
from survey.tallies.models import Tally
from survey.tallies.rebuilding import rebuild
from tests import factories
from tests.survey.tallies.answers import ALIKE, days, give, release_all, some


def months(number: int) -> list[date]:
    """Return a day of each of the first months of a year."""
    return [date(2026, month + 1, 15) for month in range(number)]


def released_numbers() -> list[int]:
    return sorted(db.session.scalars(select(Tally.n).filter_by(view="released", grain="day", part_id=0)))


def test_a_rebuild_keeps_batches_and_leaves_what_waits(app):
    point, version = factories.place(), factories.version()
    for day in months(3):
        give(point, version, *some(6), day=day)
    release_all()
    give(point, version, *[ALIKE] * 4)
    assert list(rebuild()) == [1]
    assert released_numbers() == [6, 6, 6]
    assert db.session.scalar(select(func.count()).select_from(Waiting)) == 4
    assert list(verification.verify()) == []


def test_batches_that_are_smaller_than_a_raised_k_are_united_with_their_neighbours(app, monkeypatch):
    point, version = factories.place(), factories.version()
    for day, number in zip(months(4), (12, 7, 6, 8), strict=True):
        give(point, version, *some(number), day=day)
    release_all()
    assert released_numbers() == [6, 7, 8, 12]
    stricter = dataclasses.replace(app.config["SETTINGS"], minimum_group=10)
    monkeypatch.setitem(app.config, "SETTINGS", stricter)
    list(rebuild())
    assert released_numbers() == [12, 21]
    assert db.session.scalar(select(func.count()).select_from(Waiting)) == 0
    assert list(verification.verify()) == []


def test_a_batch_that_has_no_neighbour_stays_when_k_is_raised(app, monkeypatch):
    """Pages withhold its figures, which are those of fewer than k."""
    point, version = factories.place(), factories.version()
    give(point, version, *some(7))
    release_all()
    stricter = dataclasses.replace(app.config["SETTINGS"], minimum_group=10)
    monkeypatch.setitem(app.config, "SETTINGS", stricter)
    list(rebuild())
    assert released_numbers() == [7]
    assert list(verification.verify()) == []


def released_tallies() -> list[tuple]:
    """Return the released tallies of days, by employee, part and start."""
    columns = (Tally.employee_id, Tally.part_id, Tally.start, Tally.n, Tally.cells)
    return sorted(db.session.execute(select(*columns).filter_by(view="released", grain="day")).all())


def test_a_rebuild_does_not_cut_released_counts_again(app):
    """If they were cut again, the answers of the second day would count with those of the first, and somebody
    who had seen the first batch before could compute the figures of 3 people."""
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

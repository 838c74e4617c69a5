import dataclasses

from sqlalchemy import func, select

from survey.db import db
from survey.indexes import folding, verification
from survey.indexes.models import Tally
from survey.indexes.rebuilding import rebuild
from survey.responses.models import Waiting
from tests import factories
from tests.survey.indexes.answers import ALIKE, days, give, some


def released() -> list[int]:
    return sorted(db.session.scalars(select(Tally.n).filter_by(view="released", grain="day")))


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

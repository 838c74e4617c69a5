from sqlalchemy import select, update

from survey.db import db
from survey.questionnaires.rules.careless import ALIKE, BEST
from survey.responses.models import Response
from survey.tallies import folding, rebuilding, verification
from survey.tallies.models import Part
from tests import factories
from tests.survey.tallies.answers import give

BEST_ONES = dict.fromkeys(("quality", "effectiveness", "innovation", "value", "overall"), 5) | {"nps": 10}


def noted() -> list[int | None]:
    found = list(db.session.scalars(select(Response.signs)))
    db.session.rollback()
    return found


def parts() -> set[str]:
    found = set(db.session.scalars(select(Part.care)))
    db.session.rollback()
    return found


def test_a_rebuild_looks_at_what_was_stored_before_there_were_signs(app):
    point = factories.place()
    give(point, factories.version(), *[BEST_ONES] * 6)
    with db.engine.begin() as connection:
        connection.execute(update(Response).values(signs=None))
    assert folding.fold() == 6
    assert parts() == {""}
    list(rebuilding.rebuild())
    assert noted() == [BEST] * 6
    assert not noted()[0] & ALIKE
    assert "flagged" in parts()
    assert list(verification.verify()) == []

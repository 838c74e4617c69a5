from sqlalchemy import select, update

from survey.db import db
from survey.questionnaires.rules.careless import ALIKE, BEST
from survey.responses.models import Response
from survey.tallies import rebuilding, verification
from survey.tallies.models import Part
from tests import factories
from tests.survey.tallies.answers import give, release_all

BEST_RATINGS = dict.fromkeys(("quality", "effectiveness", "innovation", "value", "overall"), 5) | {"nps": 10}


def stored_signs() -> list[int | None]:
    signs = list(db.session.scalars(select(Response.signs)))
    db.session.rollback()
    return signs


def part_cares() -> set[str]:
    cares = set(db.session.scalars(select(Part.care)))
    db.session.rollback()
    return cares


def test_a_rebuild_checks_responses_that_were_stored_without_signs(app):
    point = factories.place()
    give(point, factories.version(), *[BEST_RATINGS] * 6)
    with db.engine.begin() as connection:
        connection.execute(update(Response).values(signs=None))
    assert release_all() == 6
    assert part_cares() == {""}
    list(rebuilding.rebuild())
    assert stored_signs() == [BEST] * 6
    assert not stored_signs()[0] & ALIKE
    assert "flagged" in part_cares()
    assert list(verification.verify()) == []

from sqlalchemy import select, update

from survey.db import db
from survey.questionnaires.rules.careless import ALIKE, BEST
from survey.responses.models import Response, Waiting
from survey.tallies import rebuilding, verification
from survey.tallies.models import Part, Tally
from survey.tallies.rules.cells import SIGNS, unpack
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


def counted_signs() -> tuple[int, int]:
    """Return how many of the released answers the tallies count as checked, and as flagged."""
    statement = select(Tally.n, Tally.cells).filter_by(view="released", grain="month", part_id=0)
    [(n, cells)] = db.session.execute(statement).all()
    db.session.rollback()
    checked, flagged, *_ = unpack(n, cells)[-SIGNS:].tolist()
    return checked, flagged


def test_a_rebuild_checks_responses_that_were_stored_without_signs(app):
    """They stay in the part of those that nobody looked at: batches are not cut anew."""
    point = factories.place()
    give(point, factories.version(), *[BEST_RATINGS] * 6)
    with db.engine.begin() as connection:
        connection.execute(update(Waiting).values(signs=None))
    assert release_all() == 6
    assert (part_cares(), counted_signs()) == ({""}, (0, 0))
    list(rebuilding.rebuild())
    assert stored_signs() == [BEST] * 6
    assert not stored_signs()[0] & ALIKE
    assert (part_cares(), counted_signs()) == ({""}, (6, 6))
    assert list(verification.verify()) == []

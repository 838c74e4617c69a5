"""A batch says what it holds, and carries over what too few answered."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from survey.batches.models import Batch, Carried
from survey.db import db
from survey.responses.models import Response, Waiting
from survey.tallies import verification
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, give, release_all

RATED = {code: answer for code, answer in ALIKE.items() if code != "comment"}


@pytest.fixture
def point(app):
    return factories.place()


def carried() -> dict[tuple[date, str], date | None]:
    """Return, by closing day of a batch and question, on which day what was carried over was shown."""
    closed_on = dict(db.session.execute(select(Batch.id, Batch.closed_on)).all())
    rows = db.session.scalars(select(Carried))
    return {(closed_on[row.batch_id], row.question): closed_on.get(row.shown_in) for row in rows}


def test_a_batch_counts_its_answers_by_question(point):
    version = factories.version()
    give(point, version, *[ALIKE] * 6, *[RATED] * 3)
    release_all()
    [batch] = db.session.scalars(select(Batch))
    assert (batch.n, batch.closed_on) == (9, DAY + timedelta(1))
    assert batch.answered == {**dict.fromkeys(RATED, 9), "comment": 6}


def test_released_answers_wait_no_more_and_belong_to_their_batch(point):
    version = factories.version()
    give(point, version, *[ALIKE] * 7)
    release_all()
    assert db.session.scalar(select(func.count()).select_from(Waiting)) == 0
    [batch_id] = set(db.session.scalars(select(Response.batch_id)))
    assert db.session.get_one(Batch, batch_id).n == 7


def test_a_question_with_too_few_answers_is_shown_with_the_batch_that_completes_k(point):
    version = factories.version()
    for number, written in enumerate((2, 2, 2)):
        day = DAY + timedelta(40 * number)
        give(point, version, *[ALIKE] * written, *[RATED] * (20 - written), day=day)
        release_all()
        assert list(verification.verify()) == []
    first, second, third = (DAY + timedelta(40 * number + 1) for number in range(3))
    assert carried() == {
        (first, "comment"): third,
        (second, "comment"): third,
        (third, "comment"): third,
    }

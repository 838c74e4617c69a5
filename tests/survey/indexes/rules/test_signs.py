import pytest

from survey.indexes.rules.signs import signs
from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.careless import ALIKE, BEST, HASTY, TIMED
from survey.tallies.rules.cells import Layout, count
from survey.tallies.rules.pooling import Pool

ASKED = Definition.parse({"questions": [{"code": "quality", "kind": "rating", "texts": {}}]})
POOL = Pool.of([(1, ASKED)])


def pooled(*noted):
    row = POOL.empty()
    POOL.add(row, 1, count(Layout.of(ASKED), [{"quality": 4}] * len(noted), noted))
    return row


def test_shares_are_of_those_who_were_looked_at_and_hasty_ones_of_those_who_were_timed():
    found = signs(POOL, pooled(None, 0, ALIKE, BEST + TIMED, TIMED, ALIKE + BEST + TIMED + HASTY))
    assert found.looked_at == 5
    assert (found.flagged.successes, found.flagged.n) == (3, 5)
    assert (found.alike.successes, found.best.successes) == (2, 2)
    assert (found.hasty.successes, found.hasty.n) == (1, 3)
    assert found.flagged.interval() == pytest.approx((23.07, 88.24), abs=0.01)  # Wilson, 3 of 5


def test_fewer_than_enough_are_not_shown():
    found = signs(POOL, pooled(*[0] * 3, TIMED), least=4)
    assert found.flagged.n == 4
    assert found.hasty is None
    assert signs(POOL, pooled(None, None), least=1).flagged is None

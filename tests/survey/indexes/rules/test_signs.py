import pytest

from survey.indexes.rules.signs import signs
from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.careless import ALIKE, BEST, HASTY, TIMED
from survey.tallies.rules.cells import Layout, count
from survey.tallies.rules.pooling import Pool

ASKED = Definition.parse({"questions": [{"code": "quality", "kind": "rating", "texts": {}}]})
POOL = Pool.of([(1, ASKED)])


def pooled(*sign_sets):
    row = POOL.empty()
    POOL.add(row, 1, count(Layout.of(ASKED), [{"quality": 4}] * len(sign_sets), sign_sets))
    return row


def test_shares_are_of_checked_responses_and_that_of_hasty_ones_is_of_timed_responses():
    shares = signs(POOL, pooled(None, 0, ALIKE, BEST + TIMED, TIMED, ALIKE + BEST + TIMED + HASTY))
    assert shares.checked == 5
    assert (shares.flagged.successes, shares.flagged.n) == (3, 5)
    assert (shares.alike.successes, shares.best.successes) == (2, 2)
    assert (shares.hasty.successes, shares.hasty.n) == (1, 3)
    assert shares.flagged.interval() == pytest.approx((13.12, 93.71), abs=0.01)


def test_shares_of_too_few_responses_are_not_shown():
    shares = signs(POOL, pooled(*[0] * 3, TIMED), least=4)
    assert shares.flagged.n == 4
    assert shares.hasty is None
    assert signs(POOL, pooled(None, None), least=1).flagged is None

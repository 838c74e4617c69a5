"""Pooling where versions withhold different questions."""

import numpy as np

from survey.questionnaires.definition import Definition
from survey.tallies.rules.cells import Layout
from survey.tallies.rules.pooling import Pool
from tests.survey.answering.documents import item


def asked(*items):
    return Definition.parse({"questions": list(items)})


CLOSED = asked(item("q", dimension="a"), item("coach", dimension="b", withheld=True))
OPEN = asked(item("q", dimension="a"), item("coach", dimension="b"))


def counts(definition, n):
    """Return the row of ``n`` customers, whose every number is n."""
    return np.full(Layout.of(definition).width, n, np.int64)


def histograms(pool):
    total = pool.empty()
    pool.add(total, 2, counts(OPEN, 100))
    pool.add(total, 1, counts(CLOSED, 1))
    return {asked.code: set(total[asked.start : asked.end].tolist()) for asked in pool.questions}, total


def test_answers_given_while_they_were_withheld_are_not_pooled_with_later_ones():
    pool = Pool.of([(2, OPEN), (1, CLOSED)])
    of, total = histograms(pool)
    assert of == {"q": {101}, "coach": {100}}
    assert set(total[pool.pairs["q", "coach"] :][:4].tolist()) == {100}


def test_who_may_read_withheld_questions_has_all_answers():
    pool = Pool.of([(2, OPEN), (1, CLOSED)], withheld=True)
    of, total = histograms(pool)
    assert of == {"q": {101}, "coach": {101}}
    assert set(total[pool.pairs["q", "coach"] :][:4].tolist()) == {101}


def test_a_question_that_is_withheld_now_is_in_no_pool():
    assert [one.code for one in Pool.of([(2, CLOSED), (1, OPEN)]).questions] == ["q"]

import numpy as np
import pytest

from survey.indexes.rules import named
from survey.questionnaires.definition import Definition
from survey.tallies.rules.cells import Layout, count
from survey.tallies.rules.pooling import Pool

DOCUMENT = {
    "questions": [
        {"code": "quality", "kind": "rating", "texts": {"zh": "质量"}, "dimension": "quality"},
        {"code": "overall", "kind": "rating", "texts": {"zh": "总体"}},
        {"code": "nps", "kind": "nps", "texts": {"zh": "推荐"}},
    ]
}


@pytest.fixture
def pool():
    return Pool.of([(1, Definition.parse(DOCUMENT))])


def row(pool, *answers):
    return pool.pooled(1, count(Layout.of(Definition.parse(DOCUMENT)), answers)[None, :])


def test_every_figure_of_a_pool_has_a_name_and_a_value(pool):
    rows = row(pool, *[{"quality": 5, "overall": 4, "nps": 10}] * 3, {"quality": 3, "overall": 2, "nps": 0})
    found = {name: named.estimates(pool, rows, name)[0].value for name in named.names(pool)}
    assert found == {
        "index": 87.5,
        "nps": 50,
        "satisfied": 75,
        "dimension:quality": 87.5,
        "question:quality": 87.5,
        "question:overall": pytest.approx(62.5),
        "question:nps": 75,
    }
    for name in found:
        low, high = named.bounds(name)
        assert low <= found[name] <= high


def test_what_a_pool_does_not_have_has_no_value(pool):
    rows = np.zeros((2, pool.width), np.int64)
    for name in ("dimension:price", "question:unknown", "nonsense"):
        assert named.estimates(pool, rows, name)[1].value is None
    assert named.names(Pool.of([])) == []
    assert named.satisfied(Pool.of([]), np.zeros((2, 1), np.int64)) == [None, None]


def test_few_answers_are_not_shown(pool):
    rows = row(pool, {"quality": 5, "overall": 4, "nps": 10})
    assert {named.estimates(pool, rows, name, 2)[0].value for name in named.names(pool)} == {None}

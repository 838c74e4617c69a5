import numpy as np
import pytest

from survey.indexes.rules import figure_names
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
    values = {name: figure_names.estimates(pool, rows, name)[0].value for name in figure_names.names(pool)}
    assert values == {
        "index": 87.5,
        "nps": 50,
        "satisfied": 75,
        "dimension:quality": 87.5,
        "question:quality": 87.5,
        "question:overall": pytest.approx(62.5),
        "question:nps": 75,
    }
    for name in values:
        low, high = figure_names.bounds(name)
        assert low <= values[name] <= high


def test_a_figure_that_a_pool_lacks_has_no_value(pool):
    rows = np.zeros((2, pool.width), np.int64)
    for name in ("dimension:price", "question:unknown", "nonsense"):
        assert figure_names.estimates(pool, rows, name)[1].value is None
    assert figure_names.names(Pool.of([])) == []
    assert figure_names.satisfied(Pool.of([]), np.zeros((2, 1), np.int64)) == [None, None]


def test_figures_with_too_few_answers_have_no_value(pool):
    rows = row(pool, {"quality": 5, "overall": 4, "nps": 10})
    assert {figure_names.estimates(pool, rows, name, 2)[0].value for name in figure_names.names(pool)} == {
        None
    }

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest
from flask import Flask

from survey.indexes.drivers import explain
from survey.periods import Period
from survey.tallies import folding
from survey.weighting.figure_query import FigureQuery
from tests import factories
from tests.survey.tallies.answers import give

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
CODES = ("quality", "effectiveness", "innovation", "value")


def answers(number: int) -> list[dict]:
    """Satisfaction as a whole follows the quality alone."""
    chance = random.Random(7)
    found = []
    for _ in range(number):
        one = {code: chance.randint(1, 5) for code in CODES}
        found.append(one | {"overall": one["quality"], "nps": chance.randint(0, 10)})
    return found


@pytest.fixture
def point(app: Flask):
    return factories.place()


def test_what_drives_satisfaction(point):
    version = factories.version()
    given = answers(200)
    give(point, version, *given, day=date(2026, 11, 5))
    folding.fold_all()
    found = explain(FigureQuery([version], NOVEMBER), (point.id, 0))
    assert (found.outcome, found.outcomes, found.n, found.needed) == ("overall", ["overall", "nps"], 200, 40)
    assert found.explained == pytest.approx(1)
    assert found.drivers[0].code == "quality"
    assert found.drivers[0].share > 0.9
    assert sum(one.weight for one in found.drivers) == pytest.approx(found.explained)
    assert sum(one.shapley for one in found.drivers) == pytest.approx(found.explained)
    by_code = {one.code: one for one in found.drivers}
    r = np.corrcoef([one["value"] for one in given], [one["overall"] for one in given])[0, 1]
    assert by_code["value"].correlation == pytest.approx(r)
    assert by_code["value"].score == pytest.approx(25 * (np.mean([one["value"] for one in given]) - 1))
    assert by_code["quality"].quadrant in ("advantage", "repair")
    recommended = explain(FigureQuery([version], NOVEMBER), (point.id, 0), "nps")
    assert recommended.outcome == "nps"
    assert {one.code for one in recommended.drivers} == set(CODES)
    with pytest.raises(KeyError):
        explain(FigureQuery([version], NOVEMBER), (point.id, 0), "value")


def test_few_answers_explain_nothing(point):
    version = factories.version()
    give(point, version, *answers(39), day=date(2026, 11, 5))
    folding.fold_all()
    found = explain(FigureQuery([version], NOVEMBER), (point.id, 0))
    assert (found.n, found.needed, found.drivers, found.explained) == (39, 40, [], None)
    assert explain(FigureQuery([], NOVEMBER), (point.id, 0)).outcome == ""

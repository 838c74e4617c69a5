from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest
from flask import Flask

from survey.indexes.drivers import explain
from survey.periods import Period
from survey.weighting.figure_query import FigureQuery
from tests import factories
from tests.survey.tallies.answers import give, release_all

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
CODES = ("quality", "effectiveness", "innovation", "value")


def answers(number: int) -> list[dict]:
    """Return ``number`` answers, in which satisfaction as a whole follows the quality alone."""
    chance = random.Random(7)
    all_answers = []
    for _ in range(number):
        ratings = {code: chance.randint(1, 5) for code in CODES}
        all_answers.append(ratings | {"overall": ratings["quality"], "nps": chance.randint(0, 10)})
    return all_answers


@pytest.fixture
def point(app: Flask):
    return factories.place()


def test_the_question_that_satisfaction_follows_is_the_main_driver(point):
    version = factories.version()
    given = answers(200)
    give(point, version, *given, day=date(2026, 11, 5))
    release_all()
    explained = explain(FigureQuery([version], NOVEMBER), (point.id, 0))
    assert (explained.outcome, explained.outcomes, explained.n, explained.needed) == (
        "overall",
        ["overall", "nps"],
        200,
        40,
    )
    assert explained.explained == pytest.approx(1)
    assert explained.drivers[0].code == "quality"
    assert explained.drivers[0].share > 0.9
    assert sum(driver.weight for driver in explained.drivers) == pytest.approx(explained.explained)
    assert sum(driver.shapley for driver in explained.drivers) == pytest.approx(explained.explained)
    by_code = {driver.code: driver for driver in explained.drivers}
    r = np.corrcoef([answer["value"] for answer in given], [answer["overall"] for answer in given])[0, 1]
    assert by_code["value"].correlation == pytest.approx(r)
    assert by_code["value"].score == pytest.approx(25 * (np.mean([answer["value"] for answer in given]) - 1))
    assert by_code["quality"].quadrant in ("advantage", "repair")
    recommended = explain(FigureQuery([version], NOVEMBER), (point.id, 0), "nps")
    assert recommended.outcome == "nps"
    assert {driver.code for driver in recommended.drivers} == set(CODES)
    with pytest.raises(KeyError):
        explain(FigureQuery([version], NOVEMBER), (point.id, 0), "value")


def test_too_few_answers_show_no_drivers(point):
    version = factories.version()
    give(point, version, *answers(39), day=date(2026, 11, 5))
    release_all()
    explained = explain(FigureQuery([version], NOVEMBER), (point.id, 0))
    assert (explained.n, explained.needed, explained.drivers, explained.explained) == (39, 40, [], None)
    assert explain(FigureQuery([], NOVEMBER), (point.id, 0)).outcome == ""

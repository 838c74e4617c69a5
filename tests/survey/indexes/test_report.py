from __future__ import annotations

from flask import Flask

from survey.indexes import folding
from survey.indexes.queries import subjects
from survey.indexes.report import report
from survey.indexes.rules.periods import Period
from tests import factories
from tests.survey.indexes.answers import ALIKE, DAY, give


def test_the_best_comes_first_and_few_stand_apart(app: Flask):
    version = factories.version()
    top, _, (poor, good, few) = factories.company(1, 3)
    give(poor, version, *[ALIKE | {"quality": 1}] * 5)
    give(good, version)
    give(few, version, *[ALIKE] * 4)
    folding.fold()
    period = Period(DAY.replace(day=1), DAY)
    found = report([version], period, subjects.of_place(top), subjects.below(top, "point"))
    assert [one.code for one, _ in found.ranked] == [good.code, poor.code]
    assert found.ranked[0][1].index > found.ranked[1][1].index
    assert [(one.code, figures.n) for one, figures in found.few] == [(few.code, 0)]
    assert found.figures is not None
    assert found.figures.n == 10
    assert [figures.n for _, figures in found.monthly] == [10]


def test_without_a_whole_only_the_listed_are_there(app: Flask):
    version = factories.version()
    found = report([version], Period(), None, [subjects.of_place(factories.place())])
    assert (found.figures, found.monthly, found.ranked) == (None, [], [])
    assert len(found.few) == 1

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from survey.indexes.trend import follow
from survey.periods import Period
from survey.tallies import folding
from survey.weighting.figure_query import FigureQuery
from tests import factories
from tests.survey.tallies.answers import RATINGS, give

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def rated(number: int, worst: int) -> list[dict]:
    return [dict.fromkeys(RATINGS, worst + i % 2) | {"nps": 8 + i % 3} for i in range(number)]


@pytest.fixture
def point(app: Flask):
    return factories.place()


def test_a_quiet_year_has_no_signal(point):
    version = factories.version()
    for month in range(1, 12):
        give(point, version, *rated(40, 3), day=date(2026, month, 5))
    folding.fold_all()
    found = follow(FigureQuery([version], NOVEMBER), (point.id, 0))
    assert len(found.months) == 13
    assert (found.months[0], found.months[-1]) == (date(2025, 11, 1), date(2026, 11, 1))
    assert found.numbers == [0, 0, *[40] * 11]
    assert found.index.values == [None, None, *[pytest.approx(62.5)] * 11]
    assert found.index.signals == found.nps.signals == found.satisfied.signals == []
    assert found.satisfied.values == [None, None, *[pytest.approx(50)] * 11]  # 3 and 4 by turns
    assert found.index.shifts.shifts == ()
    # 100·(27 − 0)/40: of 8, 9, 10 by turns 27 are promoters
    assert found.nps.values[-1] == pytest.approx(100 * 26 / 40, abs=3)
    assert found.nps.marks[-1].low <= found.nps.values[-1] <= found.nps.marks[-1].high
    assert found.nps.centre == pytest.approx(found.nps.values[-1])


def test_a_month_far_off_is_a_signal(point):
    version = factories.version()
    for month in range(1, 12):
        give(point, version, *rated(40, 1 if month == 6 else 3), day=date(2026, month, 5))
    folding.fold_all()
    found = follow(FigureQuery([version], NOVEMBER), (point.id, 0))
    june = found.months.index(date(2026, 6, 1))
    assert june in found.index.signals or found.index.shifts.shifts
    assert june in found.satisfied.signals
    assert found.index.values[june] == pytest.approx(12.5)


def test_a_longer_period_has_all_its_months(point):
    version = factories.version()
    give(point, version, *rated(10, 3), day=date(2024, 1, 5))
    folding.fold_all()
    found = follow(FigureQuery([version], Period(date(2024, 1, 1), date(2026, 11, 30))), (point.id, 0))
    assert len(found.months) == 35
    nothing = follow(FigureQuery([version], NOVEMBER), (point.id, 0))
    assert (nothing.index.marks, nothing.index.signals) == (None, [])
    assert (nothing.nps, nothing.satisfied) == (None, None)

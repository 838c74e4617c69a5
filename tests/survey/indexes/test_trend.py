from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from survey.indexes.trend import follow
from survey.periods import Period
from survey.weighting.figure_query import FigureQuery
from tests import factories
from tests.survey.tallies.answers import RATINGS, give, release_all

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
    release_all()
    trend = follow(FigureQuery([version], NOVEMBER), (point.id, 0))
    assert len(trend.months) == 13
    assert (trend.months[0], trend.months[-1]) == (date(2025, 11, 1), date(2026, 11, 1))
    assert trend.numbers == [0, 0, *[40] * 11]
    assert trend.index.values == [None, None, *[pytest.approx(62.5)] * 11]
    assert trend.index.signals == trend.nps.signals == trend.satisfied.signals == []
    assert trend.satisfied.values == [None, None, *[pytest.approx(50)] * 11]  # 3 and 4 alternate
    assert trend.index.shifts.shifts == ()
    # 8, 9 and 10 alternate: 26 of 40 are promoters and none is a detractor.
    assert trend.nps.values[-1] == pytest.approx(100 * 26 / 40, abs=3)
    assert trend.nps.marks[-1].low <= trend.nps.values[-1] <= trend.nps.marks[-1].high
    assert trend.nps.centre == pytest.approx(trend.nps.values[-1])


def test_a_month_far_off_is_a_signal(point):
    version = factories.version()
    for month in range(1, 12):
        give(point, version, *rated(40, 1 if month == 6 else 3), day=date(2026, month, 5))
    release_all()
    trend = follow(FigureQuery([version], NOVEMBER), (point.id, 0))
    june = trend.months.index(date(2026, 6, 1))
    assert june in trend.index.signals or trend.index.shifts.shifts
    assert june in trend.satisfied.signals
    assert trend.index.values[june] == pytest.approx(12.5)


def test_a_longer_period_has_all_its_months(point):
    version = factories.version()
    give(point, version, *rated(10, 3), day=date(2024, 1, 5))
    release_all()
    trend = follow(FigureQuery([version], Period(date(2024, 1, 1), date(2026, 11, 30))), (point.id, 0))
    assert len(trend.months) == 35
    empty_trend = follow(FigureQuery([version], NOVEMBER), (point.id, 0))
    assert (empty_trend.index.marks, empty_trend.index.signals) == (None, [])
    assert (empty_trend.nps, empty_trend.satisfied) == (None, None)

from datetime import date, timedelta

import pytest

from survey.indexes import folding
from survey.indexes.rules.parts import Common
from survey.indexes.rules.periods import Period
from survey.indexes.watching import watch
from tests import factories
from tests.survey.indexes.answers import ALIKE, give, some

FIRST = date(2026, 3, 2)  # a Monday
GOOD, BAD = ALIKE | {"overall": 5}, ALIKE | {"overall": 1, "quality": 1, "nps": 2}


@pytest.fixture
def point(app):
    return factories.place()


@pytest.fixture
def version(app):
    return factories.version()


def weeks(number: int) -> Period:
    return Period(FIRST, FIRST + timedelta(7 * number - 1))


def test_a_week_that_is_unlike_the_others_signals_and_one_of_nobody_says_nothing(point, version):
    for week in range(12):
        if week != 5:
            answers = [BAD] * 20 + [GOOD] * 10 if week == 9 else [GOOD] * 26 + [BAD] * 4
            give(point, version, *answers, day=FIRST + timedelta(7 * week))
    folding.fold_all()
    series = watch([version], weeks(12), (point.id, 0), "week", "satisfied", baseline=9)
    assert len(series.points) == 12
    empty, bad = series.points[5], series.points[9]
    assert (empty.n, empty.respondents, empty.value, empty.low, empty.signal) == (0, 0, None, None, 0)
    assert bad.value == pytest.approx(100 / 3)
    assert series.signals == [bad]
    assert (bad.signal, bad.start, bad.last) == (-1, FIRST + timedelta(63), FIRST + timedelta(69))
    assert series.centre == pytest.approx(100 * 26 / 30)
    assert bad.low < series.centre < bad.high
    assert series.changed


def test_alike_weeks_are_no_evidence_of_a_change(point, version):
    for week in range(8):
        give(point, version, *some(30, seed=week), day=FIRST + timedelta(7 * week))
    folding.fold_all()
    for figure in ("index", "nps", "dimension:quality", "question:overall"):
        series = watch([version], weeks(8), (point.id, 0), "week", figure)
        assert [one.respondents for one in series.points] == [30] * 8
        assert all(one.low <= one.value <= one.high for one in series.points)
        assert not series.signals
    assert min(one.low for one in watch([version], weeks(8), (point.id, 0), "week", "nps").points) < 0


def test_days_and_months_hold_the_same_respondents(point, version):
    for day in range(40):
        give(point, version, *some(6, seed=day), day=FIRST + timedelta(day))
    folding.fold_all()
    period = Period(FIRST, FIRST + timedelta(39))
    days, months = (watch([version], period, (point.id, 0), grain) for grain in ("day", "month"))
    assert [one.respondents for one in days.points] == [6] * 40
    assert [(one.start, one.last, one.respondents) for one in months.points] == [
        (FIRST, date(2026, 3, 31), 180),
        (date(2026, 4, 1), period.last, 60),
    ]


def test_few_answers_are_not_shown_and_have_no_limits(point, version):
    give(point, version, *[{"nps": 9}] * 5, {"overall": 4}, day=FIRST)
    folding.fold_all()
    [point_] = watch([version], weeks(1), (point.id, 0), "week", "question:overall").points
    assert (point_.respondents, point_.n, point_.value, point_.low) == (6, 0, None, None)
    nothing = watch([version], weeks(1), (point.id, 0), "week", "dimension:unknown")
    assert (nothing.points[0].value, nothing.centre, nothing.changed) == (None, None, False)
    assert watch([], weeks(2), (point.id, 0), "week").points[1].respondents == 0


def test_a_channel_is_watched_by_itself(point, version):
    give(point, version, *some(6), day=FIRST)
    give(point, version, *some(5), day=FIRST, channel="sms")
    folding.fold_all()
    found = [
        watch([version], weeks(1), (point.id, 0), "week", only=only).points[0].respondents
        for only in (Common("", ""), Common("sms", ""), Common("qr", "zh"), Common("", "en"))
    ]
    assert found == [11, 5, 6, 0]

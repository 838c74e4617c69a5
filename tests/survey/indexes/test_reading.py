"""Exact and released figures of one place, as pages and the command line read them."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from survey.indexes import reading
from survey.periods import Period
from survey.tallies import folding
from survey.transaction import snapshot
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, give, some

EVER = Period()
LATER = date(2026, 12, 1)


@pytest.fixture
def asked(app: Flask):
    """A version, and a company whose only point has 5 answers that are counted and 3 that wait."""
    version = factories.version()
    top, _, [point] = factories.company(1, 1)
    give(point, version)
    folding.fold()
    give(point, version, *[ALIKE | {"nps": 0}] * 3, day=LATER)
    return version, top, point


def exact(asked, period: Period = EVER) -> list[int]:
    version, top, point = asked
    targets = [(top.id, 0), (point.id, 0)]
    with snapshot():
        counts = reading.exact([version], period, top.path, targets)
    return [counts.figures(target).n for target in targets]


def test_the_exact_count_has_what_still_waits_here_and_above(asked):
    assert exact(asked) == [8, 8]
    assert exact(asked, Period(DAY, DAY)) == [5, 5]
    assert exact(asked, Period(LATER, LATER)) == [3, 3]
    assert exact(asked, Period(date(2027, 1, 1), date(2027, 1, 31))) == [0, 0]


def test_the_released_count_has_not(asked):
    version, top, point = asked
    counts = reading.released([version], EVER, [(top.id, 0), (point.id, 0)])
    assert [counts.figures((place.id, 0)).n for place in (top, point)] == [5, 5]
    assert counts.figures((point.id, 99)).n == 0
    give(point, version, *[ALIKE] * 2, day=LATER)
    reading.catch_up()
    assert reading.released([version], EVER, [(point.id, 0)]).figures((point.id, 0)).n == 10


def test_months_without_an_answer_are_there_and_empty(asked):
    version, _top, point = asked
    period = Period(date(2026, 10, 15), date(2026, 12, 1))
    counts = reading.released([version], period, [(point.id, 0)])
    found = [(month.month, figures.n) for month, figures in counts.monthly((point.id, 0), period)]
    assert found == [(10, 0), (11, 5), (12, 0)]


def test_nothing_is_read_of_no_version_and_no_day(asked):
    version, _top, point = asked
    nothing = Period(date(2026, 12, 2), LATER)
    assert reading.released([], EVER, [(point.id, 0)]).figures((point.id, 0)).n == 0
    assert reading.released([version], nothing, [(point.id, 0)]).figures((point.id, 0)).n == 0


def test_a_page_counts_a_bounded_part_of_what_waits(app: Flask, monkeypatch: pytest.MonkeyPatch):
    version = factories.version()
    for point in (factories.place(), factories.place()):
        give(point, version)
    monkeypatch.setattr(reading, "BEFORE_READING", 1)
    reading.catch_up()
    assert folding.is_due()
    reading.catch_up()
    assert not folding.is_due()


def test_totals_are_the_sums_of_the_months(app: Flask):
    before, version = factories.version(), factories.version(required=("overall",))
    top, _, points = factories.company(2, 2)
    for number, point in enumerate(points[:3]):
        give(point, before, *some(9, seed=number), day=DAY)
        give(point, version, *some(300, seed=number + 5), day=LATER)
    folding.fold_all()
    targets = [(place.id, 0) for place in (points[2], top, *points[:2], points[3])]
    versions = [version, before]
    pool = reading.pool_of(versions)
    for period in (EVER, Period(DAY, DAY), Period(DAY.replace(day=1), date(2026, 11, 30))):
        counts = reading.released(versions, period, targets)
        rows = reading.totals(pool, versions, period, targets)
        for target, row in zip(targets, rows, strict=True):
            months = counts.by_month.get(target, {})
            assert row.tolist() == sum(months.values(), pool.empty()).tolist()
    assert reading.totals(pool, versions, EVER, targets)[1, 0] == 3 * 309
    assert not reading.totals(pool, versions, EVER, [(points[3].id, 0)]).any()

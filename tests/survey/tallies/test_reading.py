"""Tests of pooled rows of released tallies."""

from __future__ import annotations

from datetime import date

from flask import Flask

from survey.indexes.reading import released_counts
from survey.periods import Period
from survey.tallies import reading
from survey.tallies.selection import Selection
from tests import factories
from tests.survey.tallies.answers import DAY, give, release_all, some

EVER = Period()
LATER = date(2026, 12, 1)


def test_totals_are_the_sums_of_the_tallies(app: Flask):
    before, version = factories.version(), factories.version(required=("overall",))
    top, _, points = factories.company(2, 2)
    for number, point in enumerate(points[:3]):
        give(point, before, *some(9, seed=number), day=DAY)
        give(point, version, *some(300, seed=number + 5), day=LATER)
    release_all()
    targets = [(place.id, 0) for place in (points[2], top, *points[:2], points[3])]
    versions = [version, before]
    pool = reading.pool_of(versions)
    for period in (EVER, Period(DAY, DAY), Period(DAY.replace(day=1), date(2026, 11, 30))):
        counts = released_counts(Selection(versions, period), targets)
        rows = reading.totals(pool, Selection(versions, period), targets)
        for target, row in zip(targets, rows, strict=True):
            assert row.tolist() == counts.rows.get(target, pool.empty()).tolist()
    assert reading.totals(pool, Selection(versions, EVER), targets)[1, 0] == 3 * 309
    assert not reading.totals(pool, Selection(versions, EVER), [(points[3].id, 0)]).any()


def test_months_without_responses_have_empty_rows(app: Flask):
    version = factories.version()
    _, _, [point] = factories.company(1, 1)
    give(point, version, day=DAY)
    release_all()
    asked = Selection([version], Period(date(2026, 10, 15), date(2026, 12, 1)))
    rows = reading.monthly_rows(reading.pool_of([version]), asked, (point.id, 0))
    assert rows[:, 0].tolist() == [0, 5, 0]

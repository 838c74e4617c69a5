"""Exact and released figures of one place, as pages and the command line read them."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from survey.indexes.reading import exact_counts, released_counts
from survey.periods import Period
from survey.tallies.selection import Selection
from survey.transaction import snapshot
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, give, release_all

EVER = Period()
LATER = date(2026, 12, 1)


@pytest.fixture
def asked(app: Flask):
    """Return (version, company, point), where the point has 5 counted responses and 3 waiting ones."""
    version = factories.version()
    top, _, [point] = factories.company(1, 1)
    give(point, version)
    release_all()
    give(point, version, *[ALIKE | {"nps": 0}] * 3, day=LATER)
    return version, top, point


def exact_numbers(asked, period: Period = EVER) -> list[int]:
    version, top, point = asked
    targets = [(top.id, 0), (point.id, 0)]
    with snapshot():
        counts = exact_counts([version], period, top.path, targets)
    return [figures.n for figures in counts.figures(targets)]


def test_the_exact_count_includes_waiting_responses_of_the_place_and_of_those_below(asked):
    assert exact_numbers(asked) == [8, 8]
    assert exact_numbers(asked, Period(DAY, DAY)) == [5, 5]
    assert exact_numbers(asked, Period(LATER, LATER)) == [3, 3]
    assert exact_numbers(asked, Period(date(2027, 1, 1), date(2027, 1, 31))) == [0, 0]


def test_the_released_count_excludes_waiting_responses(asked):
    version, top, point = asked
    counts = released_counts(Selection([version], EVER), [(top.id, 0), (point.id, 0)])
    assert [figures.n for figures in counts.figures([(top.id, 0), (point.id, 0), (point.id, 99)])] == [
        5,
        5,
        0,
    ]
    give(point, version, *[ALIKE] * 2, day=LATER)
    release_all()
    assert released_counts(Selection([version], EVER), [(point.id, 0)]).figures([(point.id, 0)])[0].n == 10


def test_without_a_version_or_a_day_nothing_is_counted(asked):
    version, _top, point = asked
    nothing = Period(date(2026, 12, 2), LATER)
    assert released_counts(Selection([], EVER), [(point.id, 0)]).figures([(point.id, 0)])[0].n == 0
    assert released_counts(Selection([version], nothing), [(point.id, 0)]).figures([(point.id, 0)])[0].n == 0

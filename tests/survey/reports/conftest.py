"""Fixtures of a company with two months of answers, and of its report."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from survey.reports.monthly import make_report
from survey.transaction import transaction
from survey.weighting import queries
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, release_all, some

OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        yield


def save_customer_totals(points):
    """Store customer totals: 100 of the first point, and of each next point ten times as many."""
    with transaction():
        queries.save(OCTOBER, [("place", point.id, "", 100.0 * 10**i) for i, point in enumerate(points)])


def answer_at(points, version):
    """Store 20 or more responses in September and October at every point but the last, which has four."""
    for number, point in enumerate(points[:-1]):
        give(point, version, *some(20 + number, seed=number), day=date(2026, 9, 7))
        give(point, version, *some(25 + number, seed=number + 50), day=date(2026, 10, 7))
    give(points[-1], version, *[ALIKE] * 4, day=date(2026, 10, 7))
    release_all()


@pytest.fixture
def tree(embedded_app):
    """Return (company, regions, service points, version)."""
    top, regions, points = factories.company(2, 3)
    version = factories.version()
    answer_at(points, version)
    return top, regions, points, version


@pytest.fixture
def report(tree):
    """Return a function that makes the report of a place, by default in English."""
    version = tree[3]

    def of(place, start=OCTOBER, language="en", weighted=False):
        return make_report(place, version.questionnaire, start, language, weighted=weighted)

    return of

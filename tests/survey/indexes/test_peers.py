from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from survey.indexes.peers import compare_with_siblings
from survey.periods import Period
from survey.tallies.queries import subjects
from survey.weighting.figure_query import FigureQuery
from tests import factories
from tests.survey.tallies.answers import RATINGS, give, release_all

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
DAY = date(2026, 11, 5)


def rated(number: int, worst: int) -> list[dict]:
    return [dict.fromkeys(RATINGS, worst + i % 2) | {"nps": 8 + i % 2} for i in range(number)]


def test_a_point_is_compared_with_the_others_of_its_region(app: Flask):
    version = factories.version()
    _top, [region], points = factories.company(1, 6)
    for number, point in enumerate(points):
        give(point, version, *rated(40, 4 if number == 0 else 2), day=DAY)
    release_all()
    comparison = compare_with_siblings(
        FigureQuery([version], NOVEMBER), (points[0].id, 0), (region.id, 0), subjects.children(region)
    )
    assert comparison.index.value == pytest.approx(87.5 - 37.5)
    assert comparison.index.verdict == "risen"
    assert comparison.nps.value == pytest.approx(0)
    assert comparison.own.subject.code == points[0].code
    assert len(comparison.ranking.ranked) == 6


def test_too_few_siblings_have_no_ranking(app: Flask):
    version = factories.version()
    _top, [region], points = factories.company(1, 2)
    give(points[0], version, *rated(10, 3), day=DAY)
    release_all()
    comparison = compare_with_siblings(
        FigureQuery([version], NOVEMBER), (points[0].id, 0), (region.id, 0), subjects.children(region)
    )
    assert (comparison.ranking, comparison.own, comparison.index.verdict) == (None, None, "unknown")

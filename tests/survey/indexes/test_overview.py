from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from survey.indexes.comparison import compare
from survey.indexes.overview import glance
from survey.indexes.rules.groups import RespondentGroup
from survey.periods import Period
from survey.weighting.figure_query import FigureQuery
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, release_all

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def moody(number: int, better: int) -> list[dict]:
    """Return ``number`` answers that alternate between 3 and 4, ``better`` points higher."""
    return [dict.fromkeys(("quality", "overall"), 3 + i % 2 + better) | {"nps": 9} for i in range(number)]


def test_a_place_is_compared_with_itself_in_the_period_before(app: Flask):
    version = factories.version()
    top, _, [point] = factories.company(1, 1)
    give(point, version, *moody(40, 0), day=date(2026, 10, 5))
    give(point, version, *moody(60, 1), day=date(2026, 11, 5))
    release_all()
    overview = glance(FigureQuery([version], NOVEMBER), (top.id, 0))
    assert overview.before == Period(date(2026, 10, 1), date(2026, 10, 31))
    assert (overview.now.n, overview.earlier.n) == (60, 40)
    assert overview.now.index.value == pytest.approx(87.5)
    assert overview.earlier.index.value == pytest.approx(62.5)
    assert overview.changes["index"].verdict == "risen"
    assert overview.changes["index"].value == pytest.approx(25)
    assert overview.now.satisfied.percent == 100
    assert overview.earlier.satisfied.percent == 50
    assert set(overview.moved) == {"quality", "overall"}
    assert overview.changes["nps"].verdict == "none"  # everybody is a promoter in both months


def test_without_answers_before_the_change_is_unknown(app: Flask):
    version = factories.version()
    _, _, [point] = factories.company(1, 1)
    give(point, version, *[ALIKE] * 8, day=date(2026, 11, 5))
    release_all()
    overview = glance(FigureQuery([version], NOVEMBER), (point.id, 0))
    assert {change.verdict for change in overview.changes.values()} == {"unknown"}
    assert overview.moved == {}
    assert glance(FigureQuery([], NOVEMBER), (point.id, 0)).now.index.value is None


def test_one_of_three_headlines_is_marked_only_where_it_remains_with_the_others(app: Flask):
    """Satisfied customers rise from 63 to 77 of 100, p = .03; index and NPS are the same."""
    version = factories.version()
    _top, _, [point] = factories.company(1, 1)
    for day, satisfied in ((date(2026, 10, 5), 63), (date(2026, 11, 5), 77)):
        give(point, version, *[ALIKE | {"overall": 4 if i < satisfied else 3} for i in range(100)], day=day)
    release_all()
    overview = glance(FigureQuery([version], NOVEMBER), (point.id, 0))
    november, october = (RespondentGroup(point.id, period) for period in (NOVEMBER, NOVEMBER.before()))
    compared = compare([version], november, october).figures
    for change in (overview.changes["satisfied"], compared["satisfied"].change):
        assert 0.05 / 3 < change.p < 0.05
        assert change.verdict == "none"
    assert compared["index"].change.p == 1

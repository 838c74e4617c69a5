from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from survey.indexes.overview import glance
from survey.periods import Period
from survey.tallies import folding
from survey.weighting.figure_query import FigureQuery
from tests import factories
from tests.survey.tallies.answers import ALIKE, give

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def moody(number: int, better: int) -> list[dict]:
    """``number`` answers of 3 and 4 by turns, ``better`` points higher."""
    return [dict.fromkeys(("quality", "overall"), 3 + i % 2 + better) | {"nps": 9} for i in range(number)]


def test_a_place_beside_itself_before(app: Flask):
    version = factories.version()
    top, _, [point] = factories.company(1, 1)
    give(point, version, *moody(40, 0), day=date(2026, 10, 5))
    give(point, version, *moody(60, 1), day=date(2026, 11, 5))
    folding.fold_all()
    found = glance(FigureQuery([version], NOVEMBER), (top.id, 0))
    assert found.before == Period(date(2026, 10, 1), date(2026, 10, 31))
    assert (found.now.n, found.earlier.n) == (60, 40)
    assert found.now.index.value == pytest.approx(87.5)
    assert found.earlier.index.value == pytest.approx(62.5)
    assert found.changes["index"].verdict == "risen"
    assert found.changes["index"].value == pytest.approx(25)
    assert found.now.satisfied.percent == 100
    assert found.earlier.satisfied.percent == 50
    assert set(found.moved) == {"quality", "overall"}
    assert found.changes["nps"].verdict == "none"  # everybody a promoter, then and now


def test_nothing_before_is_no_change(app: Flask):
    version = factories.version()
    _, _, [point] = factories.company(1, 1)
    give(point, version, *[ALIKE] * 8, day=date(2026, 11, 5))
    folding.fold_all()
    found = glance(FigureQuery([version], NOVEMBER), (point.id, 0))
    assert {one.verdict for one in found.changes.values()} == {"unknown"}
    assert found.moved == {}
    assert glance(FigureQuery([], NOVEMBER), (point.id, 0)).now.index.value is None

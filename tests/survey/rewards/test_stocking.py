from __future__ import annotations

import pytest

from survey.refusal import Refused
from survey.rewards import stocking
from survey.rewards.queries import catalogue as queries
from tests import factories


def test_stock_is_set_at_a_service_point(app):
    point, gift = factories.place(), factories.reward("gift")
    stocking.put(gift.id, point, 5, seen=0)
    for _tap in range(2):
        stocking.put(gift.id, point, 3, seen=5)
    assert queries.stock(gift.id) == {point.id: 3}


def test_setting_stock_does_not_overwrite_a_redemption(app):
    point = factories.place()
    gift = factories.reward("gift", stock={point: 5})
    with pytest.raises(Refused, match="5 are left"):
        stocking.put(gift.id, point, 10, seen=6)
    assert queries.stock(gift.id) == {point.id: 5}


@pytest.mark.parametrize("number", [-1, 1_000_001])
def test_an_invalid_quantity_is_rejected(app, number):
    with pytest.raises(Refused, match="0 to 1,000,000"):
        stocking.put(factories.reward("gift").id, factories.place(), number, seen=0)


def test_only_gifts_are_stocked_and_only_at_service_points_of_their_unit(app):
    _top, regions, points = factories.company(2, 1)
    gift = factories.reward("gift", place_id=regions[0].id)
    with pytest.raises(Refused, match="This reward is not available at this service point"):
        stocking.put(gift.id, points[1], 1, seen=0)
    with pytest.raises(Refused, match="at service points"):
        stocking.put(gift.id, regions[0], 1, seen=0)
    with pytest.raises(Refused, match="Only gifts"):
        stocking.put(factories.reward().id, points[0], 1, seen=0)


def test_a_file_sets_all_its_service_points_or_only_the_valid_rows(app):
    _top, regions, points = factories.company(2, 2)
    gift = factories.reward("gift", stock={points[0]: 9}, place_id=regions[0].id)
    text = f"place,stock\n{points[0].code},1\n{points[1].code},2\n{points[2].code},3\n"
    assert stocking.check_file(gift.id, text).good == 2
    assert stocking.import_stock(gift.id, text).written == 0
    assert queries.stock(gift.id) == {points[0].id: 9}
    assert stocking.import_stock(gift.id, text, good_rows=True).written == 2
    assert queries.stock(gift.id) == {points[0].id: 1, points[1].id: 2}
    with pytest.raises(Refused, match="Only gifts"):
        stocking.import_stock(factories.reward().id, text)


def test_points_with_stock_are_listed_first_and_found_by_name(app):
    _top, _regions, points = factories.company(1, 3)
    gift = factories.reward("gift", stock={points[2]: 4})
    rows, total = queries.stock_by_point(gift.id, "", 0, 2)
    assert total == 3
    assert [(at.id, left) for at, left in rows] == [(points[2].id, 4), (points[0].id, 0)]
    matching, total = queries.stock_by_point(gift.id, points[1].name, 0, 50)
    assert ([at.id for at, _ in matching], total) == ([points[1].id], 1)

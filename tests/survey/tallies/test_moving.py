import pytest
from sqlalchemy import select

from survey.db import db
from survey.refusal import Refused
from survey.tallies import verification
from survey.tallies.models import Tally
from survey.tallies.moving import move_place
from tests import factories
from tests.survey.tallies.answers import ALIKE, days, give, release_all, some


def count_at(at) -> int:
    rows = db.session.scalars(select(Tally.n).filter_by(place_id=at.id, view="exact", grain="month"))
    return sum(rows)


@pytest.fixture
def company(app):
    top, (east, west), points = factories.company(2, 2)
    version = factories.version()
    for number, point in enumerate(points):
        for day in days(3):
            give(point, version, *some(6 + number, seed=number), day=day)
    release_all()
    return top, east, west, points


def test_counts_move_with_the_place(company):
    top, east, west, (first, second, *_) = company
    give(first, factories.version(), *[ALIKE] * 3)
    total, first_count = count_at(top), count_at(first)
    before = count_at(west)
    move_place(first, west)
    assert list(verification.verify()) == []
    assert (count_at(top), count_at(east), count_at(west)) == (total, count_at(second), before + first_count)
    move_place(second, west)
    assert list(verification.verify()) == []
    assert count_at(east) == 0


def test_a_region_moves_with_its_points_to_another_level(company):
    top, east, west, points = company
    deep = factories.place("region", west)
    move_place(east, deep)
    assert list(verification.verify()) == []
    give(points[0], factories.version())
    release_all()
    assert list(verification.verify()) == []
    move_place(deep, None)
    assert list(verification.verify()) == []
    assert count_at(top) == count_at(west)


def test_a_refused_move_changes_nothing(company):
    top, _east, _west, points = company
    before = count_at(top)
    with pytest.raises(Refused):
        move_place(top, points[0])
    assert count_at(top) == before
    assert list(verification.verify()) == []

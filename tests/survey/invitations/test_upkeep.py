from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from survey.invitations import queries, upkeep
from tests import factories

TODAY = date(2026, 11, 23)


def test_points_and_campaign_change(app):
    link = factories.link(points=10)
    upkeep.change_terms(link, 50, "spring")
    found = queries.link(link.code)
    assert (found.points, found.campaign) == (50, "spring")


@pytest.mark.parametrize("points", [-1, 10_001])
def test_the_database_holds_points_to_their_range(app, points):
    link = factories.link()
    with pytest.raises(IntegrityError):
        upkeep.change_terms(link, points, "")


def test_a_retired_link_keeps_its_first_day_and_can_come_back(app):
    link = factories.link()
    upkeep.retire(link, TODAY)
    upkeep.retire(link, date(2027, 1, 1))
    assert queries.link(link.code).retired_on == TODAY
    assert not queries.link(link.code).in_use
    upkeep.restore(link)
    assert queries.link(link.code).in_use

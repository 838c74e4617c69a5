from datetime import date

from survey.links import queries, upkeep
from tests import factories
from tests.factories import TODAY


def test_a_retired_link_keeps_its_first_day_and_can_come_back(app):
    link = factories.link()
    upkeep.retire(link, TODAY)
    upkeep.retire(link, date(2027, 1, 1))
    assert queries.link(link.code).retired_on == TODAY
    assert not queries.link(link.code).in_use
    upkeep.restore(link)
    assert queries.link(link.code).in_use

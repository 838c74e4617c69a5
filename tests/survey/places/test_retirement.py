from datetime import date

import pytest

from survey.places import queries
from survey.places.retirement import (
    restore_employee,
    restore_place,
    retire_employee,
    retire_place,
)
from survey.refusal import Refused
from tests import factories
from tests.factories import TODAY

EARLIER = date(2026, 3, 1)


@pytest.fixture
def east(app):
    """EAST with the area AREA, in it the point P1 with E1; and beside EAST the point P2 with E2."""
    top = factories.place("group", code="TOP")
    east = factories.place("region", top, code="EAST")
    point = factories.place("point", factories.place("region", east, code="AREA"), code="P1")
    other = factories.place("point", top, code="P2")
    factories.employee(point, "E1")
    factories.employee(other, "E2")
    return east


def retired():
    """The codes of all that is out of use."""
    places = [place for top in queries.roots() for place in queries.subtree(top)]
    people = [person for place in places for person in queries.employees(place)]
    return {row.code for row in (*places, *people) if row.retired_on}


def test_all_below_retires_along_and_comes_back(east):
    retire_place(east, TODAY)
    assert retired() == {"EAST", "AREA", "P1", "E1"}
    assert {place.retired_on for place in queries.subtree(east)} == {TODAY}
    restore_place(east)
    assert retired() == set()


def test_what_was_retired_before_keeps_its_day_and_stays_retired(east):
    retire_place(queries.place("P1"), EARLIER)
    retire_employee(queries.employee("E2"), EARLIER)
    retire_place(queries.place("TOP"), TODAY)
    assert queries.place("P1").retired_on == queries.employee("E1").retired_on == EARLIER
    restore_place(queries.place("TOP"))
    assert retired() == {"P1", "E1", "E2"}


def test_retiring_again_keeps_the_first_day(east):
    retire_place(east, EARLIER)
    retire_place(east, TODAY)
    assert east.retired_on == EARLIER
    retire_employee(queries.employee("E2"), EARLIER)
    retire_employee(queries.employee("E2"), TODAY)
    assert queries.employee("E2").retired_on == EARLIER


def test_nothing_comes_back_below_what_is_retired(east):
    retire_place(east, TODAY)
    for code in ("AREA", "P1"):
        with pytest.raises(Refused, match="parent unit is inactive"):
            restore_place(queries.place(code))
    with pytest.raises(Refused, match="unit is inactive"):
        restore_employee(queries.employee("E1"))
    assert retired() == {"EAST", "AREA", "P1", "E1"}


def test_restoring_what_is_in_use_changes_nothing(east):
    retire_place(queries.place("P1"), TODAY)
    restore_place(east)
    assert retired() == {"P1", "E1"}


def test_nothing_is_added_or_moved_where_it_is_retired(east):
    retire_place(east, TODAY)
    with pytest.raises(Refused, match="parent unit is inactive"):
        factories.place("point", east)
    with pytest.raises(Refused, match="unit is inactive"):
        factories.employee(queries.place("P1"))


def test_customers_are_told_that_a_place_is_retired_until_it_is_restored(client, east):
    point, other = queries.place("P1"), queries.place("P2")
    links = [factories.link(point), factories.link(point, queries.employee("E1")), factories.link(other)]
    addresses = [f"/s/{link.code}" for link in links]

    def statuses():
        return [client.get(address).status_code for address in addresses]

    assert statuses() == [200, 200, 200]
    retire_place(queries.place("EAST"), TODAY)
    assert statuses() == [410, 410, 200]
    assert [client.post(address).status_code for address in addresses[:2]] == [410, 410]
    restore_place(queries.place("EAST"))
    assert statuses() == [200, 200, 200]
    retire_employee(queries.employee("E1"), TODAY)
    assert statuses() == [200, 410, 200]
    restore_employee(queries.employee("E1"))
    assert statuses() == [200, 200, 200]

from datetime import date

from survey.indexes.queries import totals
from survey.transaction import transaction
from tests import factories

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def test_a_set_replaces_that_of_its_month_only(app):
    point = factories.place()
    with transaction():
        totals.save(MARCH, [("place", point.id, "", 5.0), ("channel", 0, "qr", 2.0)])
        totals.save(MAY, [("place", point.id, "", 7.0)])
        totals.save(MARCH, [("channel", 0, "sms", 3.0)])
    assert [(one.attribute, one.value, one.customers) for one in totals.of_month(MARCH)] == [
        ("channel", "sms", 3.0)
    ]
    assert totals.places(MAY) == {point.id: point}
    assert totals.places(MARCH) == {}
    assert (totals.in_force(date(2026, 4, 30)), totals.in_force(MAY)) == (MARCH, MAY)
    with transaction():
        assert totals.remove(MARCH) == 1
    assert totals.months() == [MAY]

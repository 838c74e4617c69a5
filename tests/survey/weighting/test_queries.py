from datetime import date

from survey.transaction import transaction
from survey.weighting import queries
from tests import factories

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def test_a_set_replaces_that_of_its_month_only(app):
    point = factories.place()
    with transaction():
        queries.save(MARCH, [("place", point.id, "", 5.0), ("channel", 0, "qr", 2.0)])
        queries.save(MAY, [("place", point.id, "", 7.0)])
        queries.save(MARCH, [("channel", 0, "sms", 3.0)])
    assert [(one.attribute, one.value, one.customers) for one in queries.of_month(MARCH)] == [
        ("channel", "sms", 3.0)
    ]
    assert queries.places(MAY) == {point.id: point}
    assert queries.places(MARCH) == {}
    assert (queries.in_force(date(2026, 4, 30)), queries.in_force(MAY)) == (MARCH, MAY)
    with transaction():
        assert queries.remove(MARCH) == 1
    assert queries.months() == [MAY]

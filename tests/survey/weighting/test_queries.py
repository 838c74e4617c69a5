from datetime import date

from survey.transaction import transaction
from survey.weighting import queries
from tests import factories

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def test_saving_replaces_the_totals_of_the_same_month_only(app):
    point = factories.place()
    with transaction():
        queries.save(MARCH, [("place", point.id, "", 5.0), ("channel", 0, "qr", 2.0)])
        queries.save(MAY, [("place", point.id, "", 7.0)])
        queries.save(MARCH, [("channel", 0, "sms", 3.0)])
    assert [(total.attribute, total.value, total.customers) for total in queries.of_month(MARCH)] == [
        ("channel", "sms", 3.0)
    ]
    assert queries.places(MAY) == {point.id: point}
    assert queries.places(MARCH) == {}
    assert (queries.month_in_force(date(2026, 4, 30)), queries.month_in_force(MAY)) == (MARCH, MAY)
    with transaction():
        assert queries.remove(MARCH) == 1
    assert queries.months() == [MAY]

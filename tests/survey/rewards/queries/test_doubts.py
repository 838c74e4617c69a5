from datetime import timedelta

from survey.rewards.queries import doubts
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY

DEVICE = b"1" * 16


def test_a_device_is_noted_once_a_day_for_each_wallet(app):
    one, other = factories.customer(), factories.customer()
    with transaction() as session:
        for customer in (one, one, other):
            doubts.note(session, DEVICE, customer.id, TODAY)
        doubts.note(session, DEVICE, one.id, TODAY - timedelta(1))
        assert doubts.wallets(session, DEVICE, TODAY) == 2
        assert doubts.wallets(session, b"2" * 16, TODAY) == 0
        assert doubts.forget(session, TODAY - timedelta(1)) == 1
    assert not doubts.has_old(TODAY - timedelta(1))
    assert doubts.has_old(TODAY)


def test_takings_of_a_day_are_counted_whatever_became_of_them(app):
    customer = factories.wallet(10, TODAY)
    with transaction() as session:
        assert doubts.takings(session, customer.id, TODAY) == 1
        assert doubts.takings(session, customer.id, TODAY + timedelta(1)) == 0

from datetime import timedelta

from survey.rewards.queries import doubts
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY

DEVICE = b"1" * 16


def test_a_device_is_recorded_once_a_day_for_each_wallet(app):
    first, second = factories.customer(), factories.customer()
    with transaction() as session:
        for customer in (first, first, second):
            doubts.record_device(session, DEVICE, customer.id, TODAY)
        doubts.record_device(session, DEVICE, first.id, TODAY - timedelta(1))
        assert doubts.count_wallets(session, DEVICE, TODAY) == 2
        assert doubts.count_wallets(session, b"2" * 16, TODAY) == 0
        assert doubts.forget_devices(session, TODAY - timedelta(1)) == 1
    assert not doubts.has_device_days(TODAY - timedelta(1))
    assert doubts.has_device_days(TODAY)


def test_takings_of_a_day_are_counted_whatever_their_state(app):
    customer = factories.wallet(10, TODAY)
    with transaction() as session:
        assert doubts.count_takings(session, customer.id, TODAY) == 1
        assert doubts.count_takings(session, customer.id, TODAY + timedelta(1)) == 0

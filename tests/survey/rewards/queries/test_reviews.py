from datetime import timedelta

import pytest

from survey.rewards import reviewing
from survey.rewards.queries import reviews
from survey.rewards.taking import take
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY


@pytest.fixture
def two(app):
    """Return the ids of two reviews in the order in which they vest, which is not that of their taking."""
    for days in (1, 0):
        take(
            factories.claim(10, expires_on=TODAY),
            factories.customer().id,
            TODAY + timedelta(days - 1),
            [("many", 9)],
        )
    return [review.transfer_id for review in reviews.pending(10)]


def test_pending_reviews_come_in_the_order_in_which_they_vest(two):
    assert [review.taken_on for review in reviews.pending(10)] == [TODAY - timedelta(1), TODAY]
    assert len(reviews.pending(1)) == 1
    assert (reviews.count(True), reviews.count(False)) == (2, 0)


def test_decided_reviews_are_listed_separately(two):
    reviewing.approve(two[0], factories.staff("marketing").id, "", TODAY)
    assert [review.transfer_id for review in reviews.decided(0, 10)] == [two[0]]
    assert (reviews.count(True), reviews.count(False)) == (1, 1)


def test_a_claim_is_found_by_its_transfer(two):
    with transaction() as session:
        assert reviews.claim_of(session, two[0]).state == "taken"
        assert reviews.claim_of(session, 999) is None
        assert reviews.owner(session, 999) is None
        assert reviews.close(session, 999, "void", TODAY, None, "") is None


def test_reviews_are_due_on_their_vesting_day(two):
    assert reviews.due_ids(TODAY + timedelta(13), 10) == [two[0]]
    assert len(reviews.due_ids(TODAY + timedelta(14), 1)) == 1
    assert reviews.due_ids(TODAY + timedelta(14), 10) == sorted(two)

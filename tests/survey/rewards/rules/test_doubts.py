import pytest

from survey.rewards.rules.doubts import STAFF_SECONDS, TAKINGS, WALLETS, Seen, signs


def test_most_takings_are_not_doubtful():
    assert signs(Seen()) == []
    assert signs(Seen(TAKINGS, WALLETS, STAFF_SECONDS + 1)) == []


@pytest.mark.parametrize(
    ("seen", "sign"),
    [
        (Seen(takings=TAKINGS + 1), ("many", TAKINGS + 1)),
        (Seen(wallets=WALLETS + 1), ("shared", WALLETS + 1)),
        (Seen(staff_seconds=0), ("staff", 0)),
        (Seen(staff_seconds=STAFF_SECONDS), ("staff", STAFF_SECONDS // 60)),
    ],
)
def test_each_sign_says_how_much_of_it(seen, sign):
    assert signs(seen) == [sign]


def test_a_clock_that_went_back_is_no_sign():
    assert signs(Seen(staff_seconds=-1)) == []


def test_several_signs_come_together():
    assert len(signs(Seen(99, 99, 1))) == 3

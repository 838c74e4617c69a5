import pytest

from survey.rewards.rules.doubts import (
    STAFF_SECONDS,
    TAKINGS,
    WALLETS,
    TakingCircumstances,
    device_of,
    group_by_device,
    signs,
)

DEVICE = b"\0" * 5 + b"\x07" + b"x" * 10
NUMBER = 7


def test_most_takings_are_not_doubtful():
    assert signs(TakingCircumstances(), DEVICE) == []
    assert signs(TakingCircumstances(TAKINGS, WALLETS, STAFF_SECONDS + 1), DEVICE) == []


@pytest.mark.parametrize(
    ("seen", "sign"),
    [
        (TakingCircumstances(takings=TAKINGS + 1), ("many", TAKINGS + 1)),
        (TakingCircumstances(wallets=WALLETS + 1), ("shared", WALLETS + 1)),
        (TakingCircumstances(staff_seconds=0), ("staff", 0)),
        (TakingCircumstances(staff_seconds=STAFF_SECONDS), ("staff", STAFF_SECONDS // 60)),
    ],
)
def test_each_sign_has_its_number(seen, sign):
    assert signs(seen, DEVICE) == [sign, ("device", NUMBER)]


def test_a_clock_set_back_is_not_a_sign():
    assert signs(TakingCircumstances(staff_seconds=-1), DEVICE) == []


def test_several_signs_come_together():
    assert len(signs(TakingCircumstances(99, 99, 1), DEVICE)) == 4


def test_takings_are_grouped_by_device_in_the_order_of_their_first():
    takings = [("a", [("burst", 1)]), ("b", [("many", 9), ("device", 1)]), ("c", [("burst", 1)])]
    takings.append(("d", [("shared", 4), ("device", 1)]))
    groups = group_by_device(takings, lambda taking: taking[1])
    assert [[name for name, _ in group] for group in groups] == [["a"], ["b", "d"], ["c"]]
    assert device_of([("burst", 1)]) is None

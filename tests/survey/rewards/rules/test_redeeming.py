from __future__ import annotations

from datetime import date

import pytest

from survey.refusal import Refused
from survey.rewards.rules.redeeming import RedemptionTerms, Wish, check, last_day

DAY = date(2026, 11, 23)
TERMS = RedemptionTerms(price=20, starts_on=DAY, ends_on=DAY, per_wallet=2, withdrawn=False)


def test_enough_points_on_the_only_day_are_enough():
    check(TERMS, Wish(price=20, points=20, had=1), DAY)


@pytest.mark.parametrize(
    ("wish", "day", "why"),
    [
        (Wish(20, 20, 1), date(2026, 11, 22), "from 2026-11-23"),
        (Wish(20, 20, 1), date(2026, 11, 24), "until 2026-11-23"),
        (Wish(19, 20, 1), DAY, "The price is now 20 points"),
        (Wish(20, 20, 2), DAY, "You have reached the limit for this reward"),
        (Wish(20, 19, 1), DAY, "you need 1 more"),
    ],
)
def test_each_refusal_has_its_sentence(wish, day, why):
    with pytest.raises(Refused, match=why):
        check(TERMS, wish, day)


def test_days_are_counted_from_the_day_of_reserving():
    assert last_day(DAY, 30) == date(2026, 12, 23)

from datetime import date

import pytest

from survey.rewards.rules.validity import last_day


@pytest.mark.parametrize(
    ("taken_on", "months", "last"),
    [
        (date(2026, 11, 26), 12, date(2027, 11, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 12, 1), 2, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 1), 120, date(2036, 1, 31)),
    ],
)
def test_points_are_valid_to_the_end_of_a_month(taken_on, months, last):
    assert last_day(taken_on, months) == last

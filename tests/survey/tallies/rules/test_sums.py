from datetime import date

import numpy as np

from survey.tallies.rules.sums import Sums, spread, sum_by_month

ROWS = np.array([[1, 10], [2, 20], [4, 40]], np.int64)
OCTOBER_31, NOVEMBER_1 = date(2026, 10, 31), date(2026, 11, 1)


def as_dict(sums):
    return {key: row.tolist() for key, row in zip(sums.keys(), sums.rows, strict=True)}


def test_rows_with_the_same_key_are_added_up():
    assert as_dict(Sums.of([7, 7, 7], [0, 0, 3], [OCTOBER_31, OCTOBER_31, OCTOBER_31], ROWS)) == {
        (7, 0, OCTOBER_31): [3, 30],
        (7, 3, OCTOBER_31): [4, 40],
    }


def test_days_add_up_to_months():
    sums = sum_by_month(Sums.of([7, 7, 7], [0, 0, 0], [date(2026, 10, 1), OCTOBER_31, NOVEMBER_1], ROWS))
    assert as_dict(sums) == {(7, 0, date(2026, 10, 1)): [3, 30], (7, 0, NOVEMBER_1): [4, 40]}


def test_counts_spread_to_the_employee_the_place_and_the_places_above():
    sums = Sums.of([7, 7, 2], [0, 3, 0], [OCTOBER_31, OCTOBER_31, OCTOBER_31], ROWS)
    assert as_dict(spread(sums, {7: (1, 2, 7), 2: (1, 2)})) == {
        (7, 3, OCTOBER_31): [2, 20],
        (7, 0, OCTOBER_31): [3, 30],
        (2, 0, OCTOBER_31): [7, 70],
        (1, 0, OCTOBER_31): [7, 70],
    }

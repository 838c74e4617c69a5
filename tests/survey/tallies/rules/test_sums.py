from datetime import date

import numpy as np

from survey.tallies.rules.sums import Sums, by_month, spread

ROWS = np.array([[1, 10], [2, 20], [4, 40]], np.int64)
ONE, TWO = date(2026, 10, 31), date(2026, 11, 1)


def as_dict(sums):
    return {key: row.tolist() for key, row in zip(sums.keys(), sums.rows, strict=True)}


def test_what_has_the_same_key_is_added_up():
    assert as_dict(Sums.of([7, 7, 7], [0, 0, 3], [ONE, ONE, ONE], ROWS)) == {
        (7, 0, ONE): [3, 30],
        (7, 3, ONE): [4, 40],
    }


def test_days_add_up_to_months():
    sums = by_month(Sums.of([7, 7, 7], [0, 0, 0], [date(2026, 10, 1), ONE, TWO], ROWS))
    assert as_dict(sums) == {(7, 0, date(2026, 10, 1)): [3, 30], (7, 0, TWO): [4, 40]}


def test_counts_spread_to_the_employee_the_place_and_the_places_above():
    sums = Sums.of([7, 7, 2], [0, 3, 0], [ONE, ONE, ONE], ROWS)
    assert as_dict(spread(sums, {7: (1, 2, 7), 2: (1, 2)})) == {
        (7, 3, ONE): [2, 20],
        (7, 0, ONE): [3, 30],
        (2, 0, ONE): [7, 70],
        (1, 0, ONE): [7, 70],
    }

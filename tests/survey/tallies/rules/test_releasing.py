from datetime import date

import numpy as np

from survey.tallies.rules.parts import Common
from survey.tallies.rules.releasing import LateAnswers, release
from survey.tallies.rules.sums import Sums

QR, SMS, ENGLISH = Common("qr", "zh"), Common("sms", "zh"), Common("qr", "en")
DAYS = [date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2)]


def sums(*counts: tuple[int, int, date, int]) -> Sums:
    """Each (place, employee, day, n), with one cell of twice n."""
    places, employees, starts, numbers = zip(*counts, strict=True)
    return Sums.of(places, employees, starts, np.array([[n, 2 * n] for n in numbers]))


def found(sums: Sums) -> list[tuple]:
    return [(*key, *row) for key, row in zip(sums.keys(), sums.rows.tolist(), strict=True)]


def test_days_are_released_when_k_are_together_and_short_queues_are_not():
    first, second, third, fourth = DAYS
    counts = sums(
        (1, 0, first, 3), (1, 0, second, 2), (1, 0, third, 5), (1, 7, first, 4), (2, 0, fourth, 5)
    )  # fmt: skip
    shown, late = release({QR: counts}, 5)
    assert {common: found(one) for common, one in shown.items()} == {
        QR: [(1, 0, second, 5, 10), (1, 0, third, 5, 10), (2, 0, fourth, 5, 10)]
    }
    assert late == []


def test_what_is_released_in_another_month_is_told():
    shown, late = release({QR: sums((1, 0, DAYS[1], 3), (1, 0, DAYS[2], 2))}, 5)
    assert found(shown[QR]) == [(1, 0, DAYS[2], 5, 10)]
    assert late == [LateAnswers(1, 0, QR, DAYS[1], date(2026, 11, 1))]


def test_channels_and_languages_are_released_apart_where_enough_share_them():
    at = DAYS[0]
    shown, _ = release(
        {
            QR: sums((1, 0, at, 6), (1, 7, at, 3)),
            SMS: sums((1, 0, at, 5), (1, 7, at, 2)),
            ENGLISH: sums((1, 7, at, 4)),
        },
        5,
    )
    assert {common: found(one) for common, one in shown.items()} == {
        QR: [(1, 0, at, 6, 12)],
        SMS: [(1, 0, at, 5, 10)],
        Common("", ""): [(1, 7, at, 9, 18)],
    }

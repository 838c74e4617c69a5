from datetime import date

import numpy as np

from survey.tallies.rules.parts import Common
from survey.tallies.rules.releasing import LateAnswers, release
from survey.tallies.rules.sums import Sums

QR, SMS, ENGLISH = Common("qr", "zh"), Common("sms", "zh"), Common("qr", "en")
DAYS = [date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2)]


def sums(*counts: tuple[int, int, date, int]) -> Sums:
    """Return sums of each (place, employee, day, n), with a single cell of twice n."""
    places, employees, starts, numbers = zip(*counts, strict=True)
    return Sums.of(places, employees, starts, np.array([[n, 2 * n] for n in numbers]))


def counts_of(sums: Sums) -> list[tuple]:
    return [(*key, *row) for key, row in zip(sums.keys(), sums.rows.tolist(), strict=True)]


def test_days_are_released_in_blocks_of_k_and_queues_of_fewer_are_not_released():
    first, second, third, fourth = DAYS
    counts = sums(
        (1, 0, first, 3), (1, 0, second, 2), (1, 0, third, 5), (1, 7, first, 4), (2, 0, fourth, 5)
    )  # fmt: skip
    shown, late = release({QR: counts}, 5)
    assert {common: counts_of(shown_sums) for common, shown_sums in shown.items()} == {
        QR: [(1, 0, second, 5, 10), (1, 0, third, 5, 10), (2, 0, fourth, 5, 10)]
    }
    assert late == []


def test_answers_released_as_of_another_month_are_listed_as_late():
    shown, late = release({QR: sums((1, 0, DAYS[1], 3), (1, 0, DAYS[2], 2))}, 5)
    assert counts_of(shown[QR]) == [(1, 0, DAYS[2], 5, 10)]
    assert late == [LateAnswers(1, 0, QR, DAYS[1], date(2026, 11, 1))]


def test_channels_and_languages_are_released_separately_where_k_share_them():
    at = DAYS[0]
    shown, _ = release(
        {
            QR: sums((1, 0, at, 6), (1, 7, at, 3)),
            SMS: sums((1, 0, at, 5), (1, 7, at, 2)),
            ENGLISH: sums((1, 7, at, 4)),
        },
        5,
    )
    assert {common: counts_of(shown_sums) for common, shown_sums in shown.items()} == {
        QR: [(1, 0, at, 6, 12)],
        SMS: [(1, 0, at, 5, 10)],
        Common("", ""): [(1, 7, at, 9, 18)],
    }

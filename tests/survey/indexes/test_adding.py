from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from flask import Flask

from survey.db import db
from survey.indexes import adding
from survey.indexes.queries import tallies
from survey.indexes.rules.sums import Sums
from tests import factories
from tests.survey.indexes.answers import days

DAYS = days(4)


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
    assert found(adding.release(counts, 5).shown) == [
        (1, 0, second, 5, 10),
        (1, 0, third, 5, 10),
        (2, 0, fourth, 5, 10),
    ]


def test_counts_are_added_to_days_and_months_and_taken_away_again(app: Flask):
    point, version = factories.place(), factories.version()
    change = sums((point.id, 0, DAYS[0], 3), (point.id, 0, DAYS[1], 4))
    for _ in range(2):
        adding.add(version.id, "exact", change._replace(rows=change.rows.copy()))
    db.session.commit()
    by_day = adding.counts_at(point.id, tallies.of_everybody(point.id))[version.id, "exact"]
    assert found(by_day) == [(point.id, 0, DAYS[0], 6, 12), (point.id, 0, DAYS[1], 8, 16)]
    [month] = [row for row in tallies.of_everybody(point.id) if row.grain == "month"]
    assert (month.start, month.n) == (date(2026, 11, 1), 14)
    with pytest.raises(ValueError, match="negative"):
        adding.add(version.id, "exact", change._replace(rows=-3 * change.rows))
    db.session.rollback()


def test_counts_move_to_another_place_with_all_they_hold(app: Flask):
    point, other, version = factories.place(), factories.place(), factories.version()
    adding.add(version.id, "released", sums((point.id, 0, DAYS[0], 5)))
    db.session.commit()
    stored = tallies.of_everybody(point.id)
    assert found(adding.counts_at(other.id, stored)[version.id, "released"]) == [
        (other.id, 0, DAYS[0], 5, 10)
    ]
    assert adding.counts_at(other.id, []) == {}

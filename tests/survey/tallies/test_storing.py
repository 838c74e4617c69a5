from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from flask import Flask

from survey.db import db
from survey.tallies import storing
from survey.tallies.queries import parts, tallies
from survey.tallies.queries.tallies import SeriesKey
from survey.tallies.rules.parts import Common
from survey.tallies.rules.sums import Sums
from tests import factories
from tests.survey.tallies.answers import days

DAYS = days(4)


def sums(*counts: tuple[int, int, date, int]) -> Sums:
    """Return sums of each (place, employee, day, n), with a single cell of twice n."""
    places, employees, starts, numbers = zip(*counts, strict=True)
    return Sums.of(places, employees, starts, np.array([[n, 2 * n] for n in numbers]))


def counts_of(sums: Sums) -> list[tuple]:
    return [(*key, *row) for key, row in zip(sums.keys(), sums.rows.tolist(), strict=True)]


def test_counts_are_added_to_days_and_months_and_must_not_become_negative(app: Flask):
    point, version = factories.place(), factories.version()
    change = sums((point.id, 0, DAYS[0], 3), (point.id, 0, DAYS[1], 4))
    for _ in range(2):
        storing.add(SeriesKey(version.id, "exact"), change._replace(rows=change.rows.copy()))
    db.session.commit()
    by_day = storing.counts_at(point.id, tallies.of_everybody(point.id))[SeriesKey(version.id, "exact")]
    assert counts_of(by_day) == [(point.id, 0, DAYS[0], 6, 12), (point.id, 0, DAYS[1], 8, 16)]
    [month] = [row for row in tallies.of_everybody(point.id) if row.grain == "month"]
    assert (month.start, month.n) == (date(2026, 11, 1), 14)
    with pytest.raises(ValueError, match="negative"):
        storing.add(SeriesKey(version.id, "exact"), change._replace(rows=-3 * change.rows))
    db.session.rollback()


def test_counts_are_moved_to_another_place_with_all_cells(app: Flask):
    point, other, version = factories.place(), factories.place(), factories.version()
    storing.add(SeriesKey(version.id, "released", 3), sums((point.id, 0, DAYS[0], 5)))
    db.session.commit()
    stored = tallies.of_everybody(point.id)
    assert counts_of(storing.counts_at(other.id, stored)[SeriesKey(version.id, "released", 3)]) == [
        (other.id, 0, DAYS[0], 5, 10)
    ]
    assert storing.counts_at(other.id, []) == {}


def test_released_counts_are_summed_as_a_whole_and_in_parts(app: Flask):
    qr, sms = Common("qr", "zh"), Common("sms", "")
    shown = {sms: sums((1, 0, DAYS[0], 5)), qr: sums((1, 0, DAYS[0], 6), (2, 0, DAYS[1], 7))}
    for _ in range(2):
        part_sums = storing.sums_by_part(shown)
        ids = parts.all_ids()
        assert counts_of(part_sums[0]) == [(1, 0, DAYS[0], 11, 22), (2, 0, DAYS[1], 7, 14)]
        assert part_sums.keys() == {0, ids[qr], ids[sms]}
        assert counts_of(part_sums[ids[sms]]) == [(1, 0, DAYS[0], 5, 10)]
    assert len(parts.all_ids()) == 2

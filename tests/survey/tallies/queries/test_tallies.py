from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from survey.db import db
from survey.periods import Period
from survey.tallies.queries import tallies
from survey.tallies.queries.tallies import PackedCounts, SeriesKey
from tests import factories

JAN, FEB, MAR = (date(2026, month, 1) for month in (1, 2, 3))


@pytest.fixture
def save(app: Flask):
    """Return a function that stores a tally of n of a place and returns the version's id."""
    version = factories.version()

    def tally(place, n: int, start: date, grain: str = "day", employee_id=0, view="exact", part_id=0):
        key = (place.id, employee_id, view, grain, part_id, version.id, start.isoformat())
        tallies.save([(*key, n, bytes([1, n]))])
        db.session.commit()
        return version.id

    return tally


def test_a_saved_tally_replaces_that_with_the_same_key(save):
    point = factories.place()
    for n in (3, 7):
        version_id = save(point, n, JAN)
    save(point, 2, JAN, view="released")
    assert tallies.of_subjects([(point.id, 0)], SeriesKey(version_id, "exact"), "day", JAN, JAN) == {
        (point.id, 0, JAN): PackedCounts(7, b"\1\7")
    }
    assert len(tallies.of_place(point.id)) == 2
    tallies.save([])


def test_a_period_is_read_from_months_and_the_days_at_its_ends(save):
    point, other = factories.place(), factories.place()
    last_day, first_day = date(2026, 1, 31), date(2026, 3, 1)
    for start, n in ((JAN, 1), (last_day, 2), (FEB, 3), (first_day, 4)):
        version_id = save(point, n, start)
    for start, n in ((JAN, 10), (FEB, 20), (MAR, 30)):
        save(point, n, start, "month")
    save(other, 99, FEB, "month")

    def numbers_in(first: date, last: date) -> list[int]:
        spans = Period(first, last).spans()
        return sorted(row.n for row in tallies.in_spans([(point.id, 0)], [version_id], "exact", spans))

    assert numbers_in(last_day, first_day) == [2, 4, 20]
    assert numbers_in(JAN, date(2026, 3, 31)) == [10, 20, 30]
    assert numbers_in(date(2026, 2, 2), date(2026, 2, 27)) == []


def test_more_subjects_than_a_statement_takes_are_read_in_batches(save, monkeypatch):
    monkeypatch.setattr(tallies, "SUBJECTS", 2)
    places = [factories.place() for _ in range(5)]
    for number, place in enumerate(places):
        version_id = save(place, number, JAN)
    targets = [(place.id, 0) for place in places]
    assert len(tallies.of_subjects(targets, SeriesKey(version_id, "exact"), "day", JAN, JAN)) == 5
    spans = Period(JAN, JAN).spans()
    read = tallies.in_spans(targets, [version_id], "exact", spans)
    assert [row.n for row in read] == [0, 1, 2, 3, 4]


def test_tallies_of_employees_of_all_employees_and_of_parent_places_are_separate(save):
    _top, [region], [point] = factories.company(1, 1)
    employee = factories.employee(point)
    save(point, 5, JAN)
    save(point, 4, JAN, employee_id=employee.id)
    save(region, 6, JAN)
    assert [row.n for row in tallies.of_everybody(point.id)] == [5]
    assert sorted(row.n for row in tallies.of_place(point.id)) == [4, 5]
    assert [row.n for row in tallies.of_children(region.id)] == [5]
    tallies.remove(point.id, ["released"])
    assert len(tallies.of_place(point.id)) == 2
    tallies.remove(point.id, ["exact", "released"])
    assert tallies.of_place(point.id) == []
    assert [row.n for row in tallies.of_place(region.id)] == [6]


def test_only_tallies_that_count_nobody_are_removed_as_empty(save):
    point, other = factories.place(), factories.place()
    for place in (point, other):
        save(place, 0, JAN)
        save(place, 1, FEB)
    tallies.remove_empty([point.id])
    assert [row.n for row in tallies.of_place(point.id)] == [1]
    assert len(tallies.of_place(other.id)) == 2


def test_parts_are_separate_tallies_and_read_only_on_request(save):
    point = factories.place()
    version_id = save(point, 9, JAN, view="released")
    for part_id, n in ((1, 5), (2, 4)):
        save(point, n, JAN, view="released", part_id=part_id)

    def numbers_of(*part_ids: int) -> list[int]:
        spans = Period(JAN, JAN).spans()
        read = tallies.in_spans([(point.id, 0)], [version_id], "released", spans, *part_ids)
        return sorted(row.n for row in read)

    assert numbers_of() == [9]
    assert numbers_of([1]) == [5]
    assert numbers_of([1, 2]) == [4, 5]
    assert numbers_of([]) == []
    assert tallies.of_subjects([(point.id, 0)], SeriesKey(version_id, "released", 2), "day", JAN, JAN) == {
        (point.id, 0, JAN): PackedCounts(4, b"\1\4")
    }

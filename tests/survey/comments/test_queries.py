from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from flask import Flask

from survey.comments import queries
from survey.comments.rules.samples import WHOLE
from survey.periods import Period
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, RATINGS, give, release_all

EVERY = (0, WHOLE - 1)
SILENT = dict.fromkeys(RATINGS, 3)
QUOTED = ALIKE | {"comment": '100% "good" \\ _'}
LATER, JANUARY = date(2026, 12, 1), date(2026, 1, 5)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def company(app: Flask):
    version = factories.version()
    top, _, (point, other) = factories.company(1, 2)
    give(point, version, *[ALIKE] * 5, *[SILENT] * 3)
    give(point, version, *[ALIKE] * 5, day=LATER)
    give(other, version, *[QUOTED] * 5, day=JANUARY)
    release_all()
    give(point, version, ALIKE)  # waits for others
    return version, top, point, other


def test_respondents_are_those_released_in_the_months_of_the_period(company):
    version, top, point, other = company

    def respondents(place, period: Period) -> dict[tuple[int, date], int]:
        rows = queries.respondents(place, [version.id], period)
        return {(place_id, start): n for place_id, start, n in rows}

    november, december = (point.id, date(2026, 11, 1)), (point.id, date(2026, 12, 1))
    assert respondents(top, YEAR) == {november: 8, december: 5, (other.id, date(2026, 1, 1)): 5}
    assert respondents(point, NOVEMBER) == {november: 8}
    assert respondents(other, NOVEMBER) == {}
    assert not queries.respondents(top, [], YEAR)
    assert queries.all_respondents(top, [version.id]) == 18
    assert queries.all_respondents(other, [version.id]) == 5
    assert queries.all_respondents(top, []) == 0


def test_only_responses_with_comments_are_read(company):
    version, top, _point, other = company
    rows = queries.written(top, [version.id], ["comment"], NOVEMBER, EVERY)
    assert [one.answers["comment"] for one in rows] == ["好"] * 5
    rows = queries.written(other, [version.id], ["comment", "value_opinion"], YEAR, EVERY)
    assert [one.answers["comment"] for one in rows] == [QUOTED["comment"]] * 5
    assert {(one.place_id, one.closed_on) for one in rows} == {(other.id, JANUARY + timedelta(1))}
    assert queries.written(top, [version.id], ["value_opinion"], YEAR, EVERY) == []


def test_only_responses_that_hold_the_words_are_read(company):
    version, top, *_ = company

    def written(needle: str) -> int:
        return len(queries.written(top, [version.id], ["comment"], YEAR, EVERY, needle))

    assert [written("good"), written('"good" \\'), written("100%"), written("1__%")] == [5, 5, 5, 0]
    assert written("好") == 10
    assert written("é") == 15  # whose case SQLite does not know: all are read


def test_a_part_of_the_ids_is_read(company):
    version, top, *_ = company
    half = WHOLE // 2
    parts = [
        queries.written(top, [version.id], ["comment"], YEAR, ids)
        for ids in ((0, half - 1), (half, WHOLE - 1))
    ]
    ids = [str(one.id) for part in parts for one in part]
    assert len(set(ids)) == len(ids) == 15


def test_responses_are_read_in_the_period_in_which_a_carried_comment_is_shown(app: Flask):
    version, point = factories.version(), factories.place()
    give(point, version, *[SILENT] * 17, *[ALIKE] * 3)
    release_all()
    assert set(queries.carried(point, ["comment"]).values()) == {None}
    assert queries.carried(point, ["value_opinion"]) == {}
    december = Period(LATER, LATER)
    assert queries.written(point, [version.id], ["comment"], december, EVERY) == []
    give(point, version, *[SILENT] * 16, *[ALIKE] * 4, day=LATER)
    release_all()
    assert set(queries.carried(point, ["comment"]).values()) == {LATER + timedelta(1)}
    rows = queries.written(point, [version.id], ["comment"], december, EVERY)
    assert Counter(one.closed_on for one in rows) == {DAY + timedelta(1): 3, LATER + timedelta(1): 4}

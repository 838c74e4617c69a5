from __future__ import annotations

from datetime import date

from flask import Flask

from survey.indexes.ranking import rank
from survey.periods import Period
from survey.tallies.queries import subjects
from survey.weighting.figure_query import FigureQuery
from tests import factories
from tests.survey.tallies.answers import RATINGS, give, release_all

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER_DAY, DAY = date(2026, 10, 5), date(2026, 11, 5)


def rated(number: int, worst: int) -> list[dict]:
    return [dict.fromkeys(RATINGS, worst + i % 2) | {"nps": 8} for i in range(number)]


def test_listed_places_are_ranked_and_few_responses_are_set_apart(app: Flask):
    version = factories.version()
    top, _, points = factories.company(1, 6)
    low, few, *others = points
    for point in others:
        give(point, version, *rated(40, 3), day=OCTOBER_DAY)
        give(point, version, *rated(40, 3), day=DAY)
    give(low, version, *rated(40, 3), day=OCTOBER_DAY)
    give(low, version, *rated(40, 1), day=DAY)
    give(few, version, *rated(4, 4), day=DAY)
    release_all()
    listed = subjects.below(top, "point")
    ranking = rank(FigureQuery([version], NOVEMBER), listed, {subject.place_id: 60 for subject in listed})
    assert [subject.code for subject in ranking.few] == [few.code]
    assert len(ranking.ranked) == 5
    last = ranking.ranked[-1]
    assert (last.subject.code, last.n, last.standing.rank.median) == (low.code, 40, 5)
    assert ranking.figures([last])[0].index == 12.5
    assert last.change.verdict == "fallen"
    assert [moved.subject.code for moved in ranking.moved] == [low.code]
    assert ranking.behind[0].subject.code == low.code
    assert last.standing.below > 0.99
    assert ranking.ranked[0].standing.below < 0.5
    assert ranking.ranked[0].change.verdict == "none"


def test_a_ranking_without_places_or_answers_is_empty(app: Flask):
    version = factories.version()
    empty = rank(FigureQuery([version], NOVEMBER), [])
    assert (empty.ranked, empty.few, empty.moved, empty.behind) == ([], [], [], [])
    place = subjects.of_place(factories.place())
    assert rank(FigureQuery([version], NOVEMBER), [place]).few == [place]
    assert rank(FigureQuery([], NOVEMBER), [place]).few == [place]


def test_a_change_that_is_no_discovery_among_all_has_no_mark(app: Flask):
    version = factories.version()
    top, _, points = factories.company(1, 30)
    for number, point in enumerate(points):
        give(point, version, *rated(20, 3), day=OCTOBER_DAY)
        given = [*rated(8, 3), *rated(12, 2)] if number == 0 else rated(20, 3)
        give(point, version, *given, day=DAY)
    release_all()
    ranking = rank(FigureQuery([version], NOVEMBER), subjects.below(top, "point"))
    own = next(ranked for ranked in ranking.ranked if ranked.subject.code == points[0].code)
    assert own.change.p < 0.05
    assert own.change.verdict == "none"
    assert ranking.moved == []

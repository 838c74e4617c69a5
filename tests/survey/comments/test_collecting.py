from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from flask import Flask

from survey.comments import collecting
from survey.comments.collecting import collect
from survey.periods import Period
from survey.tallies import folding
from tests import factories
from tests.survey.tallies.answers import ALIKE, give

WEEK = date(2026, 11, 2)  # a Monday
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


def said(*texts: str) -> list[dict]:
    return [ALIKE | {"comment": text} for text in texts]


@pytest.fixture
def house(app: Flask):
    version = factories.version()
    top, _, points = factories.company(1, 2)
    give(points[0], version, *said("很快", "很慢", "价格贵", "The price is high", "好"), day=WEEK)
    give(points[1], version, *said("藏起来", "别看", "三", "四"), day=WEEK)
    folding.fold_all()
    return version, top, points


def texts(found) -> set[str]:
    return {one.text for one in found.found}


def test_comments_of_k_customers_of_a_point_are_shown_and_of_fewer_not(house):
    version, top, (point, few) = house
    for place in (top, point):
        found = collect([version], YEAR, place)
        assert texts(found) == {"很快", "很慢", "价格贵", "The price is high", "好"}
        assert {one.week for one in found.found} == {WEEK}
        assert {one.place_id for one in found.found} == {point.id}
    assert collect([version], YEAR, few).found == []


def test_one_more_customer_shows_all_of_her_block_and_later(house):
    version, top, (_, few) = house
    give(few, version, *said("第五"), day=WEEK + timedelta(8))
    shown = {one.text: one.week for one in collect([version], YEAR, few).found}
    assert shown == dict.fromkeys(["藏起来", "别看", "三", "四", "第五"], WEEK + timedelta(7))
    november_first_week = Period(WEEK, WEEK + timedelta(6))
    assert collect([version], november_first_week, few).found == []
    assert len(collect([version], november_first_week, top).found) == 5


def test_this_week_is_not_over(house):
    version, _top, (point, _) = house
    give(point, version, *said(*"一二三四五六七"), day=date(2026, 11, 23))
    assert len(collect([version], YEAR, point).found) == 5


def test_search_disregards_case(house):
    version, top, _ = house
    assert texts(collect([version], YEAR, top, " PRICE ")) == {"The price is high"}
    nothing = collect([version], YEAR, top, "没有")
    assert (nothing.found, nothing.looked.answers) == ([], 5)


def test_search_knows_the_case_of_letters_that_sqlite_does_not(house):
    version, top, (point, _) = house
    give(point, version, *said("ÉTÉ", 'a "quoted" \\ word', *"三四五"), day=WEEK)
    folding.fold_all()
    assert texts(collect([version], YEAR, top, "été")) == {"ÉTÉ"}
    assert texts(collect([version], YEAR, top, '"Quoted" \\')) == {'a "quoted" \\ word'}


def test_what_only_another_answer_holds_is_not_found(house):
    version, top, _ = house
    assert texts(collect([version], YEAR, top, "comment")) == set()


def test_terms_stand_by_the_dimension_of_the_question(house):
    version, _top, (point, _) = house
    answers = [{"quality": 2, "quality_opinion": f"parts {n}"} for n in range(6)]
    give(point, version, *answers, day=WEEK + timedelta(7))
    found = collect([version], YEAR, point)
    assert [(term.text, term.n) for term in found.terms["quality"]] == [("parts", 6)]
    assert collect([version], YEAR, point, "Parts").terms == {}


def test_what_one_customer_wrote_does_not_stand_together(house):
    version, _top, (point, _) = house
    answers = [{"quality_opinion": f"a{n}", "comment": f"b{n}"} for n in range(40)]
    give(point, version, *answers, day=WEEK + timedelta(7))
    found = [one.text for one in collect([version], YEAR, point).found if one.week != WEEK]
    together = sum(one[1:] == other[1:] for one, other in pairwise(found))
    assert len(found) == 80
    assert together < 10
    assert found == [one.text for one in collect([version], YEAR, point).found if one.week != WEEK]


def test_of_very_many_answers_a_part_at_a_time_is_looked_through_and_all_parts_are_all(house, monkeypatch):
    version, top, (point, _few) = house
    give(point, version, *said(*map(str, range(200))), day=WEEK + timedelta(7))
    every = collect([version], YEAR, point)
    assert (every.looked.parts, len(every.found)) == (1, 205)
    monkeypatch.setattr(collecting, "MOST", 60)
    monkeypatch.setattr(collecting, "MOST_OF_POINT", 60)
    parts = [collect([version], YEAR, point, number=number + 1) for number in range(4)]
    assert {one.looked.parts for one in parts} == {4}
    written = [text for one in parts for text in texts(one)]
    assert len(written) == len(set(written))
    assert set(written) == {text for text in texts(every) if text.isdigit()}  # the first week's 5 are few
    assert texts(collect([version], YEAR, top)) == texts(parts[0])
    first_week = Period(WEEK, WEEK + timedelta(6))
    assert len(collect([version], first_week, point).found) == 5
    monkeypatch.setattr(collecting, "PASSED", 2)
    assert collect([version], first_week, point).looked.parts == 2


def test_a_search_looks_through_more_at_once_and_reaches_every_comment(house, monkeypatch):
    version, _top, (point, _) = house
    give(point, version, *said(*map(str, range(200))), day=WEEK + timedelta(7))
    monkeypatch.setattr(collecting, "SEARCHED_OF_POINT", 110)
    parts = [collect([version], YEAR, point, "1", number) for number in (1, 2)]
    assert [one.looked.parts for one in parts] == [2, 2]
    assert texts(parts[0]) | texts(parts[1]) == {str(n) for n in range(200) if "1" in str(n)}


def test_a_part_names_no_service_point_of_which_it_holds_few(house, monkeypatch):
    version, top, (point, few) = house
    give(point, version, *said(*map(str, range(100))), day=WEEK + timedelta(7))
    give(few, version, *said(*"甲乙丙"), day=WEEK + timedelta(7))
    monkeypatch.setattr(collecting, "MOST", 60)
    both = [collect([version], YEAR, top, number=number) for number in (1, 2)]
    named = {one.text: one.place_id for part in both for one in part.found}
    assert {named[str(n)] for n in range(100)} == {point.id}
    assert {named[text] for text in "甲乙丙"} == {None}


def test_a_part_shows_one_comment_of_each_customer_of_whom_it_holds_few(house, monkeypatch):
    """Whoever finds them on the page of their own point would know there that one customer wrote both."""
    version, top, (point, few) = house
    give(point, version, *said(*map(str, range(100))), day=WEEK + timedelta(7))
    answers = [{"quality_opinion": f"a{n}", "comment": f"b{n}"} for n in range(5)]
    give(few, version, *answers, day=WEEK + timedelta(7))
    both = {f"{letter}{n}" for letter in "ab" for n in range(5)}
    assert texts(collect([version], YEAR, few)) >= both
    monkeypatch.setattr(collecting, "MOST", 60)
    monkeypatch.setattr(collecting, "SEARCHED", 60)
    for wanted in ("", "a", "b"):
        parts = [collect([version], YEAR, top, wanted, number) for number in (1, 2)]
        found = [text[1:] for part in parts for text in texts(part) if text in both]
        assert len(found) == len(set(found))
        assert wanted or len(found) == 5
    one_of_each = [texts(collect([version], YEAR, top, wanted, n)) for wanted in "ab" for n in (1, 2)]
    assert len(both & set().union(*one_of_each)) == 5


def test_without_a_question_for_comments_there_are_none(app: Flask):
    assert collect([], YEAR, factories.place()).found == []

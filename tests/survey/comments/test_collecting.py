from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from flask import Flask

from survey.comments import collecting
from survey.comments.collecting import collect
from survey.periods import Period
from tests import factories
from tests.survey.answering.documents import item, publish
from tests.survey.tallies.answers import ALIKE, RATINGS, give, release_all

DAY, NEXT = date(2026, 10, 5), date(2026, 11, 2)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


def said(*texts: str) -> list[dict]:
    return [ALIKE | {"comment": text} for text in texts]


@pytest.fixture
def company(app: Flask):
    version = factories.version()
    top, _, points = factories.company(1, 2)
    give(points[0], version, *said("很快", "很慢", "价格贵", "The price is high", "好"), day=DAY)
    give(points[1], version, *said("藏起来", "别看", "三", "四"), day=DAY)
    release_all()
    return version, top, points


def texts(collection) -> set[str]:
    return {comment.text for comment in collection.comments}


def test_comments_of_a_point_are_shown_from_k_customers_on(company):
    version, top, (point, few) = company
    for place in (top, point):
        collection = collect([version], YEAR, place)
        assert texts(collection) == {"很快", "很慢", "价格贵", "The price is high", "好"}
        assert {comment.month for comment in collection.comments} == {OCTOBER.first}
        assert {comment.place_id for comment in collection.comments} == {point.id}
    assert collect([version], YEAR, few).comments == []


def test_comments_given_while_they_were_withheld_are_not_shown_by_a_later_version(app: Flask):
    old = publish(item("q"), item("why", "text", withheld=True))
    new = publish(item("q"), item("why", "text"))
    point = factories.place()
    give(point, old, *[{"q": 3, "why": "before"}] * 5, day=DAY)
    give(point, new, *[{"q": 3, "why": "after"}] * 5, day=DAY)
    release_all()
    assert texts(collect([new, old], YEAR, point)) == {"after"}
    assert collect([new, old], YEAR, point, "before").comments == []
    assert collect([old], YEAR, point).comments == []


def test_a_further_customer_completes_the_batch_and_shows_all_its_comments(company):
    version, top, (_, few) = company
    give(few, version, *said("第五"), day=NEXT)
    release_all()
    shown = {comment.text: comment.month for comment in collect([version], YEAR, few).comments}
    assert shown == dict.fromkeys(["藏起来", "别看", "三", "四", "第五"], date(2026, 11, 1))
    assert collect([version], OCTOBER, few).comments == []
    assert len(collect([version], OCTOBER, top).comments) == 5


def test_comments_that_wait_are_not_shown(company):
    version, _top, (point, _) = company
    give(point, version, *said(*"一二三四五六七"), day=NEXT)
    assert len(collect([version], YEAR, point).comments) == 5
    release_all()
    assert len(collect([version], YEAR, point).comments) == 12


def test_comments_are_shown_in_the_period_of_their_batch_and_not_of_their_day(company):
    version, _top, (point, _) = company
    give(point, version, *said(*"一二"), day=NEXT)
    give(point, version, *said(*"三四五"), day=NEXT + timedelta(9))
    release_all()
    assert collect([version], Period(NEXT, NEXT + timedelta(8)), point).comments == []
    assert len(collect([version], Period(NEXT + timedelta(9), NEXT + timedelta(9)), point).comments) == 5


def test_comments_to_a_question_that_few_answer_are_shown_with_the_later_batch(app: Flask):
    version, point = factories.version(), factories.place()
    silent = [dict.fromkeys(RATINGS, 4)]
    give(point, version, *silent * 17, *said(*"一二三"), day=DAY)
    release_all()
    assert collect([version], YEAR, point).comments == []
    give(point, version, *silent * 16, *said(*"四五六七"), day=NEXT)
    release_all()
    shown = {comment.text: comment.month for comment in collect([version], YEAR, point).comments}
    assert shown == dict.fromkeys("一二三四五六七", date(2026, 11, 1))
    assert collect([version], OCTOBER, point).comments == []


def test_the_newest_month_is_shown_first(company):
    version, _top, (point, _) = company
    give(point, version, *said(*"一二三四五"), day=NEXT)
    release_all()
    months = [comment.month for comment in collect([version], YEAR, point).comments]
    assert months == [date(2026, 11, 1)] * 5 + [OCTOBER.first] * 5


def test_the_search_ignores_case(company):
    version, top, _ = company
    assert texts(collect([version], YEAR, top, " PRICE ")) == {"The price is high"}
    nothing = collect([version], YEAR, top, "没有")
    assert (nothing.comments, nothing.sample.answers) == ([], 5)


def test_the_search_ignores_the_case_of_letters_that_sqlite_cannot_lower(company):
    version, top, (point, _) = company
    give(point, version, *said("ÉTÉ", 'a "quoted" \\ word', *"三四五"), day=DAY)
    release_all()
    assert texts(collect([version], YEAR, top, "été")) == {"ÉTÉ"}
    assert texts(collect([version], YEAR, top, '"Quoted" \\')) == {'a "quoted" \\ word'}


def test_the_search_ignores_other_answers(company):
    version, top, _ = company
    assert texts(collect([version], YEAR, top, "comment")) == set()


def test_terms_are_grouped_by_the_dimension_of_the_question(company):
    version, _top, (point, _) = company
    answers = [{"quality": 2, "quality_opinion": f"parts {n}"} for n in range(6)]
    give(point, version, *answers, day=NEXT)
    release_all()
    collection = collect([version], YEAR, point)
    assert [(term.text, term.n) for term in collection.terms["quality"]] == [("parts", 6)]
    assert collect([version], YEAR, point, "Parts").terms == {}


def test_comments_of_a_customer_are_not_beside_each_other(company):
    version, _top, (point, _) = company
    answers = [{"quality_opinion": f"a{n}", "comment": f"b{n}"} for n in range(40)]
    give(point, version, *answers, day=NEXT)
    release_all()
    written = [
        comment.text for comment in collect([version], YEAR, point).comments if comment.month != OCTOBER.first
    ]
    together = sum(first[1:] == second[1:] for first, second in pairwise(written))
    assert len(written) == 80
    assert together < 10
    assert written == [
        comment.text for comment in collect([version], YEAR, point).comments if comment.month != OCTOBER.first
    ]


def test_very_many_responses_are_read_in_parts_that_together_are_all(company, monkeypatch):
    version, top, (point, _few) = company
    give(point, version, *said(*map(str, range(200))), day=NEXT)
    release_all()
    every = collect([version], YEAR, point)
    assert (every.sample.parts, len(every.comments)) == (1, 205)
    monkeypatch.setattr(collecting, "MOST", 60)
    monkeypatch.setattr(collecting, "MOST_OF_POINT", 60)
    parts = [collect([version], YEAR, point, number=number + 1) for number in range(4)]
    assert {part.sample.parts for part in parts} == {4}
    written = [text for part in parts for text in texts(part)]
    assert len(written) == len(set(written))
    assert set(written) == {text for text in texts(every) if text.isdigit()}  # October's 5 are few
    assert texts(collect([version], YEAR, top)) == texts(parts[0])
    assert len(collect([version], OCTOBER, point).comments) == 5
    monkeypatch.setattr(collecting, "SCANNED", 2)
    assert collect([version], OCTOBER, point).sample.parts == 2


def test_a_search_scans_more_responses_and_reaches_every_comment(company, monkeypatch):
    version, _top, (point, _) = company
    give(point, version, *said(*map(str, range(200))), day=NEXT)
    release_all()
    monkeypatch.setattr(collecting, "SEARCHED_OF_POINT", 110)
    parts = [collect([version], YEAR, point, "1", number) for number in (1, 2)]
    assert [part.sample.parts for part in parts] == [2, 2]
    assert texts(parts[0]) | texts(parts[1]) == {str(n) for n in range(200) if "1" in str(n)}


def test_a_part_does_not_name_a_service_point_with_few_customers(company, monkeypatch):
    version, top, (point, few) = company
    give(point, version, *said(*map(str, range(100))), day=NEXT)
    give(few, version, *said(*"甲乙丙"), day=NEXT)
    release_all()
    monkeypatch.setattr(collecting, "MOST", 60)
    both = [collect([version], YEAR, top, number=number) for number in (1, 2)]
    named = {comment.text: comment.place_id for part in both for comment in part.comments}
    assert {named[str(n)] for n in range(100)} == {point.id}
    assert {named[text] for text in "甲乙丙"} == {None}


def test_a_part_shows_a_single_comment_of_each_customer_of_a_point_with_few(company, monkeypatch):
    """On the page of their own point, these comments would otherwise be known to be by the same customer."""
    version, top, (point, few) = company
    give(point, version, *said(*map(str, range(100))), day=NEXT)
    release_all()
    answers = [{"quality_opinion": f"a{n}", "comment": f"b{n}"} for n in range(5)]
    give(few, version, *answers, day=NEXT)
    release_all()
    both = {f"{letter}{n}" for letter in "ab" for n in range(5)}
    assert texts(collect([version], YEAR, few)) >= both
    monkeypatch.setattr(collecting, "MOST", 60)
    monkeypatch.setattr(collecting, "SEARCHED", 60)
    for wanted in ("", "a", "b"):
        parts = [collect([version], YEAR, top, wanted, number) for number in (1, 2)]
        numbers = [text[1:] for part in parts for text in texts(part) if text in both]
        assert len(numbers) == len(set(numbers))
        assert wanted or len(numbers) == 5
    one_of_each = [texts(collect([version], YEAR, top, wanted, n)) for wanted in "ab" for n in (1, 2)]
    assert len(both & set().union(*one_of_each)) == 5


def test_no_comments_are_shown_without_a_question_for_comments(app: Flask):
    assert collect([], YEAR, factories.place()).comments == []

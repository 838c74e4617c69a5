import pytest

from survey.indexes.rules.choices import ITSELF, YES, choices
from survey.indexes.rules.measures import Share
from survey.tallies.rules.cells import count
from tests.survey.indexes.rules.test_measures import pool_of, rating

WHERE = {
    "code": "where",
    "kind": "multiple_choice",
    "texts": {},
    "options": [{"code": "shop", "texts": {}}, {"code": "phone", "texts": {}}],
}
MINUTES = {"code": "minutes", "kind": "number", "texts": {}, "minimum": 0, "maximum": 120}
FIRST = {
    "code": "first",
    "kind": "ranking",
    "texts": {},
    "options": [{"code": code, "texts": {}} for code in ("price", "quality", "attitude")],
}
HINTED = {"code": "hinted", "kind": "yes_no", "texts": {}}


def chosen(answers, least=1):
    pool, layout = pool_of(rating("overall"), WHERE, HINTED)
    return choices(pool, pool.pooled(1, count(layout, answers)[None, :])[0], least)


def test_each_option_has_its_share_of_those_who_answered():
    where, hinted = chosen(
        [
            {"where": ["shop"]},
            {"where": ["shop", "phone"]},
            {"where": ["phone"], "hinted": 1},
            {"hinted": 0},
            {},
        ]
    )
    assert where.shares == {"shop": Share(2, 3), "phone": Share(2, 3)}
    assert hinted.shares == {YES: Share(1, 2)}


def test_a_question_with_too_few_answers_is_listed_without_results():
    where, hinted = chosen([{"where": ["shop"]}] * 5 + [{"hinted": 1}] * 4, least=5)
    assert where.shares == {"shop": Share(5, 5), "phone": Share(0, 5)}
    assert (hinted.code, hinted.shares) == ("hinted", {})
    assert chosen([], least=5)[0].shares == {}


def spread(answers, least=1):
    pool, layout = pool_of(rating("overall"), MINUTES, FIRST)
    return choices(pool, pool.pooled(1, count(layout, answers)[None, :])[0], least)


def test_numbers_have_their_mean_with_its_interval_and_their_median():
    minutes, _first = spread([{"minutes": number} for number in (0, 5, 10, 120)])
    distribution = minutes.spreads[ITSELF]
    assert minutes.shares == {}
    assert (distribution.mean.value, distribution.mean.n, distribution.median) == (33.75, 4, 5)
    low, high = distribution.mean.interval()
    assert 0 <= low < 10  # Student's t would reach from −58 to 125, outside what may be answered
    assert 80 < high <= 120


def test_ranked_options_have_their_mean_ranks_with_the_foremost_first():
    orders = [
        ("quality", "price", "attitude"),
        ("quality", "attitude", "price"),
        ("price", "quality", "attitude"),
    ]
    _minutes, first = spread([{"first": list(order)} for order in orders])
    means = {option: distribution.mean.value for option, distribution in first.spreads.items()}
    assert list(means) == ["quality", "price", "attitude"]
    assert means == pytest.approx({"quality": 4 / 3, "price": 2, "attitude": 8 / 3})


def test_a_single_number_has_no_interval_and_too_few_have_no_distribution():
    assert spread([{"minutes": 7}])[0].spreads[ITSELF].mean.interval() is None
    assert spread([{"minutes": 7}] * 4, least=5)[0].spreads == {}

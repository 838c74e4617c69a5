from survey.indexes.rules.cells import count
from survey.indexes.rules.choices import YES, choices
from survey.indexes.rules.measures import Share
from tests.survey.indexes.rules.test_measures import pool_of, rating

WHERE = {
    "code": "where",
    "kind": "multiple_choice",
    "texts": {},
    "options": [{"code": "shop", "texts": {}}, {"code": "phone", "texts": {}}],
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


def test_too_few_answers_are_kept_and_the_question_is_named():
    where, hinted = chosen([{"where": ["shop"]}] * 5 + [{"hinted": 1}] * 4, least=5)
    assert where.shares == {"shop": Share(5, 5), "phone": Share(0, 5)}
    assert (hinted.code, hinted.shares) == ("hinted", {})
    assert chosen([], least=5)[0].shares == {}

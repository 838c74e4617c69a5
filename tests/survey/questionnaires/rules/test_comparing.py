from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.publication import library_document
from survey.questionnaires.rules import editing
from survey.questionnaires.rules.comparing import (
    DIRECTION,
    KIND,
    SCALE,
    break_reasons,
    compare,
    dimension_weights,
)
from tests.survey.questionnaires.strategies import questions


def item(code, **more):
    return {"code": code, "kind": "rating", "texts": {"zh": code}} | more


def document(*items, **more):
    return {"title": {"zh": "问卷"}, "languages": ["zh", "en"], "questions": list(items)} | more


def states(comparison):
    return [(pair.code, pair.state) for pair in comparison.pairs]


A, B, C, D = (item(code) for code in "abcd")


def test_equal_documents_are_equal_however_written():
    r5 = library_document("r5")
    assert compare(r5, r5).is_same
    assert compare(document(A), document(item("a", required=False, scale=5))).is_same
    assert compare(document(A), document(A, weights={}, shows_score=False)).is_same


def test_added_removed_and_changed_items_keep_their_places():
    comparison = compare(
        document(A, B, C), document(D, A, item("c", required=True, texts={"zh": "c", "en": "C"}))
    )
    assert states(comparison) == [("d", "added"), ("a", "same"), ("b", "removed"), ("c", "changed")]
    assert comparison.pairs[3].differs == ("texts", "required")
    assert not comparison.is_same
    assert comparison.of("removed")[0].item == B
    assert states(compare(document(A, B), document(C))) == [
        ("a", "removed"),
        ("b", "removed"),
        ("c", "added"),
    ]


def test_only_items_in_another_order_have_moved():
    comparison = compare(document(A, B, C, D), document(D, A, B, C))
    assert [pair.code for pair in comparison.of("moved")] == ["d"]
    comparison = compare(document(A, B, C, D), document(B, C, D, A))
    assert [pair.code for pair in comparison.of("moved")] == ["a"]
    comparison = compare(document(A, B, C), document(B, item("a", required=True), C))
    assert [(pair.code, pair.state) for pair in comparison.pairs if pair.moved] == [("a", "changed")]


@pytest.mark.parametrize("order", list(permutations("abcd")), ids="".join)
def test_as_few_items_as_possible_have_moved(order):
    items = {"a": A, "b": B, "c": C, "d": D}
    comparison = compare(document(A, B, C, D), document(*(items[code] for code in order)))
    stays = [pair.code for pair in comparison.pairs if not pair.moved]
    assert stays == sorted(stays), "those that stayed follow each other as before"
    longest = max(
        len(run)
        for size in range(1, 5)
        for run in permutations("abcd", size)
        if list(run) == sorted(run) == sorted(run, key=order.index)
    )
    assert len(stays) == longest


def test_weights_differ_where_a_dimension_weighs_more_or_is_new_or_gone():
    before = document(item("a", dimension="quality"), item("b", dimension="value"))
    after = document(
        item("a", dimension="quality"), item("b", dimension="service"), weights={"quality": 2, "value": 3}
    )
    assert dimension_weights(before) == {"quality": 1, "value": 1}
    assert compare(before, after).weights == {"quality": (1, 2), "service": (None, 1), "value": (1, None)}


def test_the_questionnaire_itself_may_differ():
    after = document(A, title={"zh": "新"}, languages=["zh", "en", "ug"], shows_score=True)
    assert compare(document(A), after).settings == ("title", "languages", "shows_score")


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ({}, {"kind": "nps"}, (KIND,)),
        ({}, {"kind": "text"}, (KIND,)),
        ({"kind": "text"}, {"kind": "short_text"}, ()),
        ({}, {"scale": 7}, (SCALE,)),
        ({}, {"best": "low"}, (DIRECTION,)),
        ({}, {"scale": 7, "best": "low"}, (SCALE, DIRECTION)),
        ({}, {"texts": {"zh": "anders"}, "required": True, "dimension": "value", "look": "stars"}, ()),
        ({"kind": "number", "minimum": 0, "maximum": 9}, {"kind": "number", "minimum": 0, "maximum": 9}, ()),
        (
            {"kind": "number", "minimum": 0, "maximum": 9},
            {"kind": "number", "minimum": 1, "maximum": 9},
            (SCALE,),
        ),
        ({"kind": "number", "minimum": 0, "maximum": 9}, {"kind": "number"}, (SCALE,)),
        ({"kind": "number"}, {"kind": "number", "decimals": 2}, ()),
        ({"kind": "page"}, {"kind": "statement"}, ()),
        ({"kind": "statement"}, {}, (KIND,)),
    ],
)
def test_answers_pool_while_type_scale_and_direction_are_the_same(before, after, why):
    pair = compare(document(A | before), document(A | after)).pairs[0]
    assert pair.breaks == why
    assert compare(document(A | before), document(A | after)).broken == ([pair] if why else [])


def options(*codes):
    return [{"code": code, "texts": {"zh": code}} for code in codes]


def test_choices_pool_by_option_and_rankings_with_as_many_options():
    for kind in ("single_choice", "multiple_choice"):
        pair = [item("a", kind=kind, options=options(*codes)) for codes in ("xy", "xyz")]
        assert break_reasons(*map(Question.parse, pair)) == ()
    pair = [item("a", kind="ranking", options=options(*codes)) for codes in ("xy", "xyz")]
    assert break_reasons(*map(Question.parse, pair)) == (SCALE,)


@given(questions("q"), questions("q"))
def test_questions_without_a_break_pool_in_the_tallies(earlier, other):
    before, after = Question.parse(earlier), Question.parse(other)
    columns = [{c.key: c for c in KINDS[q.kind].columns(q)} for q in (before, after)]
    together = [columns[0][key].pools_with(columns[1][key]) for key in columns[0].keys() & columns[1].keys()]
    why = break_reasons(before, after)
    assert why == break_reasons(after, before)
    assert all(together) if not why else not (together and all(together))


@given(st.permutations("abcd"), st.permutations("abcd"))
def test_a_duplicate_is_only_an_addition(original, other):
    items = {"a": A, "b": B, "c": C, "d": D}
    before = document(*(items[code] for code in original))
    after, code = editing.duplicate(before, other[0], set())
    assert {pair.code: pair.state for pair in compare(before, after).pairs if pair.state != "same"} == {
        code: "added"
    }

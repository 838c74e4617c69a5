import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.careless import ALIKE, BEST, HASTY, TIMED, CarelessSigns, find_signs


def definition(*questions):
    return Definition.parse({"questions": [{"texts": {}} | question for question in questions]})


def ratings(number, **more):
    return [{"code": f"q{i}", "kind": "rating"} | more for i in range(number)]


TEN = definition(*ratings(10), {"code": "nps", "kind": "nps"}, {"code": "why", "kind": "text"})


def numbered(*numbers):
    return {f"q{i}": number for i, number in enumerate(numbers)}


def test_a_mixed_response_shows_no_sign():
    signs = find_signs(TEN, numbered(4, 5, 4, 4, 3, 5, 4, 2, 5, 5) | {"nps": 9})
    assert signs == CarelessSigns(longest=2, rated=10, alike=False, all_best=False, hasty=None)
    assert not signs.flagged


def test_a_long_run_is_a_sign_and_a_short_one_is_not():
    assert find_signs(TEN, numbered(3, 3, 3, 3, 3, 3, 1, 2, 4, 5)).alike
    assert not find_signs(TEN, numbered(3, 3, 3, 3, 3, 1, 1, 2, 4, 5)).alike
    assert not find_signs(definition(*ratings(5)), numbered(3, 3, 3, 3, 3)).alike
    assert not find_signs(definition(*ratings(20)), numbered(*[3] * 9, *[1, 2] * 5, 3)).alike


def test_a_run_continues_over_unrated_questions_and_ends_with_the_scale():
    assert find_signs(TEN, numbered(3, 3, 3, "na", 3, 3, 3)).longest == 6
    two = definition(
        *ratings(4), *[rating | {"code": f"p{rating['code']}", "scale": 7} for rating in ratings(4)]
    )
    assert find_signs(two, dict.fromkeys((q.code for q in two.questions), 5)).longest == 4


def test_all_best_uses_the_good_end_of_each_scale():
    turned = definition(
        *ratings(3), {"code": "wait", "kind": "rating", "best": "low"}, {"code": "nps", "kind": "nps"}
    )
    assert find_signs(turned, numbered(5, 5, 5) | {"wait": 1, "nps": 10}).all_best
    assert not find_signs(turned, numbered(5, 5, 5) | {"wait": 5, "nps": 10}).all_best
    assert not find_signs(turned, numbered(5, 5, 5)).all_best


def test_less_than_two_seconds_per_question_is_hasty():
    answers = numbered(4, 5, 3) | {"why": "…"}
    assert find_signs(TEN, answers, 7.9).hasty
    assert find_signs(TEN, answers, 8).hasty is False
    assert find_signs(TEN, {}, 0).hasty is None
    with pytest.raises(ValueError, match="no time"):
        find_signs(TEN, answers, -1)


def test_a_response_without_answers_shows_no_sign():
    assert find_signs(TEN, {}) == CarelessSigns(0, 0, False, False, None)


@given(st.lists(st.integers(1, 5), max_size=10))
def test_the_longest_run_is_found(numbers):
    text = "".join(map(str, numbers))
    expected = max((n for n in range(len(text) + 1) for digit in "12345" if digit * n in text), default=0)
    assert find_signs(TEN, numbered(*numbers)).longest == expected


def test_signs_are_stored_as_a_number():
    assert find_signs(TEN, numbered(4, 5, 3)).signs == 0
    assert find_signs(TEN, numbered(4, 5, 3), 60).signs == TIMED
    assert find_signs(TEN, numbered(4, 5, 3), 1).signs == TIMED + HASTY
    assert find_signs(TEN, numbered(*[5] * 10), 1).signs == ALIKE + BEST + TIMED + HASTY

"""Questions that few answer are shown with a later batch, once enough answered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.batches.rules.carrying import LOOKED_AT, Answered, Decision, Shown, decide, shown_as

DAY = date(2026, 3, 31)
NOTHING = Decision(frozenset(), frozenset())
COMMENT_CARRIED = Decision(frozenset({"comment"}), frozenset())


def batch(n: int = 20, **answered: int) -> Answered:
    return Answered(n, answered)


def of_comments(now: int, earlier: list[int], held: list[int], n: int = 20) -> Decision:
    """Decide about a question that ``now`` of a batch answered and these numbers of earlier batches."""
    pending = {"comment": held} if held else {}
    return decide(batch(n, comment=now), [batch(comment=one) for one in earlier], pending, ())


def test_a_question_that_usually_half_answer_is_shown_with_its_batch():
    assert of_comments(12, [10, 10], []) == NOTHING
    assert of_comments(10, [20] * 3, []) == NOTHING


def test_a_question_that_usually_fewer_answer_is_shown_with_its_batch_if_ten_usually_do():
    assert of_comments(12, [10, 12], [], n=100) == NOTHING
    assert of_comments(11, [40, 4], [], n=100) == NOTHING


def test_a_question_that_fewer_than_ten_answer_is_carried_whatever_is_usual():
    assert of_comments(9, [20] * 3, []) == COMMENT_CARRIED
    assert of_comments(1, [20] * 3, []) == COMMENT_CARRIED


def test_a_question_that_few_usually_answer_is_carried_although_many_of_this_batch_did():
    """The past decides: were it the batch, whoever fills it would decide."""
    assert of_comments(15, [4, 6], []) == COMMENT_CARRIED
    assert of_comments(200, [4, 6], [], n=220) == COMMENT_CARRIED


def test_a_carried_question_is_shown_after_as_many_batches_as_bring_ten_usually():
    assert of_comments(6, [4, 6], [4]) == Decision(frozenset({"comment"}), frozenset({"comment"}))
    assert of_comments(15, [2, 4], [2, 4]) == COMMENT_CARRIED
    assert of_comments(15, [2, 4, 3], [2, 4, 3]) == Decision(frozenset({"comment"}), frozenset({"comment"}))


def test_a_carried_question_waits_until_ten_answered():
    assert of_comments(1, [4, 6], [4, 4]) == COMMENT_CARRIED
    assert of_comments(2, [4, 6], [4, 4]).shown == {"comment"}


def test_a_carried_question_that_nobody_of_the_batch_answers_can_be_shown_with_it():
    decision = decide(batch(20), [batch(comment=5), batch(comment=5)], {"comment": [5, 5]}, ())
    assert decision == Decision(frozenset(), frozenset({"comment"}))


@pytest.mark.parametrize(("always", "decision"), [(("comment",), NOTHING), ((), NOTHING)])
def test_the_first_batch_shows_what_ten_of_it_answered(always, decision):
    assert decide(batch(20, comment=10), [], {}, always) == decision


def test_the_first_batch_carries_what_few_of_it_answered():
    assert decide(batch(20, comment=9), [], {}, ()) == COMMENT_CARRIED
    assert decide(batch(20, comment=9), [], {}, ("comment",)) == COMMENT_CARRIED


def test_only_the_last_batches_tell_what_is_usual():
    long_ago, lately = [batch(comment=20)] * 50, [batch(comment=2)] * LOOKED_AT
    assert decide(batch(comment=15), long_ago + lately, {}, ()) == COMMENT_CARRIED
    assert decide(batch(comment=15), lately + long_ago, {}, ()) == NOTHING


NUMBERS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 30), max_size=3)
BATCHES = st.builds(
    lambda numbers, more: Answered(max([1, *numbers.values()]) + more, numbers), NUMBERS, st.integers(0, 20)
)
PENDING = st.dictionaries(
    st.sampled_from("abc"), st.lists(st.integers(0, 30), min_size=1, max_size=5), max_size=3
)
LEAST = st.integers(1, 20)


def answers_shown(one: Answered, pending, decision: Decision, question: str) -> int:
    """Return how many answers to a question become visible with a batch."""
    if question in decision.shown:
        return sum(pending.get(question, ())) + one.by_question.get(question, 0)
    if question in decision.carried:
        return 0
    return one.by_question.get(question, 0)


@given(BATCHES, st.lists(BATCHES, max_size=10), PENDING, st.sets(st.sampled_from("abc")), LEAST)
def test_never_fewer_than_the_least_answers_to_a_question_become_visible(
    one, earlier, pending, always, least
):
    decision = decide(one, earlier, pending, always, least)
    for question in "abc":
        shown = answers_shown(one, pending, decision, question)
        assert shown == 0 or shown >= least


@given(BATCHES, st.lists(BATCHES, max_size=10), PENDING, st.sets(st.sampled_from("abc")), LEAST)
def test_answers_to_a_question_never_overtake_those_that_are_carried(one, earlier, pending, always, least):
    decision = decide(one, earlier, pending, always, least)
    for question in pending.keys() & one.by_question.keys():
        if one.by_question[question]:
            assert question in decision.carried
    assert decision.shown <= pending.keys()
    assert all(one.by_question.get(question) for question in decision.carried)


@given(st.lists(BATCHES, min_size=1, max_size=10), NUMBERS, st.integers(10, 200), st.integers(10, 200))
def test_more_answers_than_the_least_change_nothing(earlier, numbers, first, second):
    """How many of a batch answer decides nothing, as long as they are enough to be shown."""
    one = Answered(300, {"a": first})
    assert decide(one, earlier, {}, ()) == decide(Answered(300, {"a": second}), earlier, {}, ())


QUESTIONS = st.sets(st.sampled_from("abcde"))
DAYS = st.none() | st.integers(0, 3).map(lambda number: DAY + timedelta(31 * number))
CARRIED = st.dictionaries(st.sampled_from("abcde"), DAYS, max_size=5)


def test_what_is_not_carried_is_counted_as_of_the_day_of_the_batch():
    assert list(shown_as({"a", "b"}, DAY, {})) == [Shown(1, DAY, frozenset("ab"))]


def test_what_is_carried_is_not_counted_until_it_is_shown():
    assert list(shown_as({"a", "b"}, DAY, {"b": None})) == [Shown(1, DAY, frozenset("a"))]


def test_what_is_shown_later_is_counted_with_its_sums_and_without_its_respondent():
    later = DAY + timedelta(31)
    assert list(shown_as({"a", "b"}, DAY, {"b": later})) == [
        Shown(1, DAY, frozenset("a")),
        Shown(1, later, frozenset("ab")),
        Shown(-1, later, frozenset("a")),
    ]


def total(contributions: list[Shown], until: date):
    """Return the respondents, the questions and the pairs of questions counted until a day."""
    counted = [one for one in contributions if one.day <= until]
    respondents = sum(one.sign for one in counted)
    questions = {q: sum(one.sign for one in counted if q in one.questions) for q in "abcde"}
    pairs = {
        (p, q): sum(one.sign for one in counted if {p, q} <= one.questions) for p in "abcde" for q in "abcde"
    }
    return respondents, questions, pairs


@given(QUESTIONS, CARRIED, st.integers(0, 4))
def test_contributions_sum_to_the_shown_questions_and_one_respondent(answered, carried, months):
    until = DAY + timedelta(31 * months)
    contributions = list(shown_as(answered, DAY, carried))
    shown = {q for q in answered if (day := carried.get(q, DAY)) is not None and day <= until}
    respondents, questions, pairs = total(contributions, until)
    assert respondents == 1
    assert questions == {q: int(q in shown) for q in "abcde"}
    assert pairs == {(p, q): int({p, q} <= shown) for p in "abcde" for q in "abcde"}
    assert sum(one.sign for one in contributions if one.day == DAY) == 1

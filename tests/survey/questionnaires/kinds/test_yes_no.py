import pytest

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS, InvalidAnswer

KIND = KINDS["yes_no"]
QUESTION = Question("solved", "yes_no")
SCORED = Question("solved", "yes_no", dimension="quality", not_applicable=True)


def test_yes_is_stored_as_one_and_no_as_zero():
    assert KIND.read(QUESTION, {"solved": "1"}) == {"solved": 1}
    assert KIND.read(QUESTION, {"solved": "0"}) == {"solved": 0}
    assert KIND.read(QUESTION, {}) == {}


@pytest.mark.parametrize("raw", ["2", "yes", "-1", "01", "na"])
def test_any_other_value_is_rejected(raw):
    with pytest.raises(InvalidAnswer, match="range"):
        KIND.read(QUESTION, {"solved": raw})


def test_not_applicable_is_stored_and_not_counted():
    assert KIND.read(SCORED, {"solved": "na"}) == {"solved": "na"}
    (column,) = KIND.columns(SCORED)
    assert [column.number(answer) for answer in (1, 0, "na", None)] == [1, 0, None, None]


def test_a_question_counts_in_an_index_only_with_a_dimension():
    assert [KIND.columns(question)[0].scored for question in (QUESTION, SCORED)] == [False, True]
    assert KIND.columns(QUESTION)[0].bins == (0, 1)

import pytest

from survey.questionnaires.definition import Option, Question
from survey.questionnaires.kinds import KINDS, InvalidAnswer

KIND = KINDS["ranking"]
QUESTION = Question("order", "ranking", options=tuple(Option(code, {}) for code in ("a", "b", "c")))


def read(a="", b="", c=""):
    return KIND.read(QUESTION, {"order~a": a, "order~b": b, "order~c": c})


def test_the_answer_lists_the_options_with_the_best_first():
    assert read("2", "3", "1") == {"order": ["c", "a", "b"]}


def test_a_ranking_without_ranks_is_no_answer():
    assert read() == KIND.read(QUESTION, {}) == {}


@pytest.mark.parametrize(
    "ranks", [("1", "2", ""), ("1", "1", "2"), ("1", "2", "4"), ("1", "2", "x"), ("01", "2", "3")]
)
def test_a_ranking_with_gaps_or_ties_is_rejected(ranks):
    with pytest.raises(InvalidAnswer, match="ranks"):
        read(*ranks)


def test_the_ranks_of_each_option_are_counted():
    columns = {column.key: column for column in KIND.columns(QUESTION)}
    assert list(columns) == ["order.a", "order.b", "order.c"]
    assert columns["order.a"].bins == (1, 2, 3)
    assert [columns["order.a"].number(answer) for answer in (["c", "a", "b"], None)] == [2, None]
    assert not any(column.scored for column in columns.values())


def test_an_export_has_a_column_for_each_option():
    assert KIND.exported(QUESTION) == ("order.a", "order.b", "order.c")

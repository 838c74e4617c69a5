import pytest

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS, InvalidAnswer

KIND = KINDS["number"]
PLAIN = Question("n", "number")
MINUTES = Question("n", "number", minimum=0, maximum=199, not_applicable=True)
PRICE = Question("n", "number", minimum=-1.5, maximum=1000, decimals=2)


def read(question, raw, **more):
    return KIND.read(question, {"n": raw} | more).get("n")


@pytest.mark.parametrize(
    ("question", "raw", "number"),
    [
        (PLAIN, "-7", -7),
        (PLAIN, " 12 ", 12),
        (PLAIN, "3.00", 3),
        (PRICE, "12．50", 12.5),
        (PRICE, "－1.5", -1.5),
    ],
)
def test_a_number_is_stored_as_a_number(question, raw, number):
    answer = read(question, raw)
    assert answer == number
    assert type(answer) is (float if question.decimals else int)


@pytest.mark.parametrize("raw", ["", " "])
def test_a_blank_field_is_no_answer(raw):
    assert KIND.read(PLAIN, {"n": raw}) == {}


@pytest.mark.parametrize(
    ("question", "raw", "reason"),
    [
        (PLAIN, "twelve", "number"),
        (PLAIN, "1e3", "number"),
        (PLAIN, "nan", "number"),
        (PLAIN, "9" * 400, "number"),
        (PLAIN, "٤", "number"),
        (PLAIN, "1,5", "number"),
        (PLAIN, "1.5", "decimals"),
        (PRICE, "0.125", "decimals"),
        (MINUTES, "-1", "bounds"),
        (MINUTES, "200", "bounds"),
        (PRICE, "1000.01", "bounds"),
        (PLAIN, "na", "number"),
    ],
)
def test_a_text_that_is_no_number_or_out_of_bounds_is_rejected(question, raw, reason):
    with pytest.raises(InvalidAnswer, match=reason):
        read(question, raw)


def test_not_applicable_is_a_box_beside_the_line_where_it_is_offered():
    assert KIND.names(MINUTES) == ("n", "n~na")
    assert KIND.names(PLAIN) == ("n",)
    assert read(MINUTES, "", **{"n~na": "1"}) == read(MINUTES, "7", **{"n~na": "1"}) == "na"
    assert read(MINUTES, "na") == "na"
    with pytest.raises(InvalidAnswer, match="range"):
        read(MINUTES, "7", **{"n~na": "2"})


def test_whole_numbers_between_near_bounds_are_counted_one_by_one():
    (column,) = KIND.columns(MINUTES)
    assert (column.key, column.bins[0], column.bins[-1], column.scored) == ("n", 0, 199, False)
    assert [column.number(answer) for answer in (5, "na", None)] == [5, None, None]


@pytest.mark.parametrize("question", [PLAIN, PRICE, Question("n", "number", minimum=0, maximum=200)])
def test_other_numbers_are_only_exported(question):
    assert KIND.columns(question) == ()
    assert KIND.exported(question) == ("n",)

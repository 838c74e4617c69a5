"""Reading forms against a version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.definition import Definition, Question
from survey.questionnaires.rules.reading import UnknownField, read

DEFINITION = Definition(
    (
        Question("quality", "rating", {"en": "Quality"}, required=True),
        Question("nps", "nps", {"en": "Recommend"}),
        Question("comment", "text", {"en": "Comment"}),
    )
)


def test_numbers_become_numbers_and_blanks_are_left_out():
    assert read(DEFINITION, {"quality": "5", "nps": "", "comment": "  "}).answers == {"quality": 5}


def test_a_blank_required_question_is_an_error():
    assert read(DEFINITION, {}).errors == {"quality": "required"}


def test_an_unknown_field_is_rejected():
    with pytest.raises(UnknownField):
        read(DEFINITION, {"quality": "5", "salary": "1"})


@given(st.dictionaries(st.sampled_from(["quality", "nps", "comment"]), st.text(max_size=50)))
def test_only_valid_answers_are_read_from_any_form(fields):
    reading = read(DEFINITION, fields)
    assert reading.answers.get("quality", 1) in range(1, 6)
    assert reading.answers.get("nps", 0) in range(11)
    assert not reading.answers.keys() & reading.errors.keys()


def test_line_ends_of_a_comment_are_normalised():
    assert read(DEFINITION, {"quality": "1", "comment": "a\r\nb"}).answers["comment"] == "a\nb"

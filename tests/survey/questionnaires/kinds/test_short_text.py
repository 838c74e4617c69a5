import pytest

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS, InvalidAnswer

KIND = KINDS["short_text"]
QUESTION = Question("car", "short_text")
PLATE = Question("car", "short_text", maximum=8)


def test_a_line_is_stored_without_the_space_around_it():
    assert KIND.read(QUESTION, {"car": " 粤B12345 "}) == {"car": "粤B12345"}
    assert KIND.read(QUESTION, {"car": "  "}) == {}


@pytest.mark.parametrize(
    ("question", "raw", "reason"),
    [
        (QUESTION, "a\nb", "characters"),
        (QUESTION, "a\x00b", "characters"),
        (QUESTION, "x" * 201, "length"),
        (PLATE, "x" * 9, "length"),
    ],
)
def test_several_lines_a_long_line_or_control_characters_are_rejected(question, raw, reason):
    assert KIND.read(question, {"car": "x" * 8}) == {"car": "x" * 8}
    with pytest.raises(InvalidAnswer, match=reason):
        KIND.read(question, {"car": raw})


def test_a_text_is_exported_and_not_counted():
    assert KIND.columns(QUESTION) == ()
    assert KIND.exported(QUESTION) == ("car",)

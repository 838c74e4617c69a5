import pytest

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS, InvalidAnswer

KIND = KINDS["consent"]
QUESTION = Question("agree", "consent")


def test_a_tick_is_stored_as_one_and_no_tick_is_no_answer():
    assert KIND.read(QUESTION, {"agree": "1"}) == {"agree": 1}
    assert KIND.read(QUESTION, {"agree": ""}) == KIND.read(QUESTION, {}) == {}


@pytest.mark.parametrize("raw", ["0", "yes", "on", "na", " 1"])
def test_any_other_value_is_rejected(raw):
    with pytest.raises(InvalidAnswer, match="range"):
        KIND.read(QUESTION, {"agree": raw})


def test_a_consent_is_exported_and_not_counted():
    assert KIND.columns(QUESTION) == ()
    assert KIND.exported(QUESTION) == ("agree",)

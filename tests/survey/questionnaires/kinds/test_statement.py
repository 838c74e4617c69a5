from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS

KIND = KINDS["statement"]
QUESTION = Question("intro", "statement")


def test_it_asks_nothing_counts_nothing_and_exports_nothing():
    assert KIND.names(QUESTION) == KIND.columns(QUESTION) == KIND.exported(QUESTION) == ()
    assert KIND.read(QUESTION, {"intro": "1"}) == {}

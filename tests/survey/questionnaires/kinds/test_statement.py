from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS

KIND = KINDS["statement"]
QUESTION = Question("intro", "statement")


def test_a_statement_has_no_answer_no_histogram_and_no_export():
    assert KIND.names(QUESTION) == KIND.columns(QUESTION) == KIND.exported(QUESTION) == ()
    assert KIND.read(QUESTION, {"intro": "1"}) == {}

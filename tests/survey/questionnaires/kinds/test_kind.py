"""Rules that all question types follow."""

import pytest

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.kind import Kind, whole_or_none
from tests.survey.answering.documents import EVERY_KIND

QUESTIONS = [Question.parse(document) for document in EVERY_KIND]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_a_type_names_its_fields_after_the_question_and_reads_blank_fields_as_no_answer(question):
    kind = KINDS[question.kind]
    names = kind.names(question)
    assert len(set(names)) == len(names)
    assert {name.partition("~")[0] for name in names} <= {question.code}
    assert kind.read(question, {}) == kind.read(question, dict.fromkeys(names, "")) == {}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_bins_ascend_and_keys_are_the_question_s_own(question):
    for column in KINDS[question.kind].columns(question):
        assert list(column.bins) == sorted(set(column.bins))
        assert column.key.partition(".")[0] == question.code
        assert column.number(None) is None


def test_only_whole_numbers_are_their_own_bins():
    assert [whole_or_none(answer) for answer in (0, 7, "na", None)] == [0, 7, None, None]


def test_a_type_by_default_counts_nothing_and_exports_its_answer():
    question = Question("a", "")
    assert Kind().names(question) == Kind().exported(question) == ("a",)
    assert Kind().columns(question) == ()
    with pytest.raises(NotImplementedError):
        Kind().read(question, {"a": "1"})

"""A text between questions: it asks nothing."""

from survey.questionnaires.definition import Answers, Question

from .kind import Fields, Plain


class Statement(Plain):
    name = "statement"

    def names(self, question: Question) -> tuple[str, ...]:
        return ()

    def read(self, question: Question, fields: Fields) -> Answers:
        return {}

    def exported(self, question: Question) -> tuple[str, ...]:
        return ()


KIND = Statement()

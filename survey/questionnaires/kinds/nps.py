"""How likely to recommend, 0 to 10."""

from survey.questionnaires.definition import Question

from .kind import Column, Plain, whole
from .rating import choose


class Nps(Plain):
    name = "nps"

    def parse(self, question: Question, raw: str) -> int:
        return choose(raw, 0, 10)

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (Column(question.code, question, tuple(range(11)), whole, scored=True),)


KIND = Nps()

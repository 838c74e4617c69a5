"""Yes (1) or no (0)."""

from survey.questionnaires.definition import Question

from .kind import SHARE, Column, Plain, whole
from .rating import choose


class YesNo(Plain):
    name = "yes_no"

    def parse(self, question: Question, raw: str) -> int:
        return choose(raw, 0, 1)

    def columns(self, question: Question) -> tuple[Column, ...]:
        scored = question.dimension is not None
        return (Column(question.code, question, (0, 1), whole, scored, SHARE),)


KIND = YesNo()

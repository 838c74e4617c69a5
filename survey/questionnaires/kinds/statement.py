"""A text between questions, without an answer."""

from survey.questionnaires.definition import Answers, Question

from .kind import ALL, N_, FormFields, Kind
from .wordings import bilingual


class StatementKind(Kind):
    """A text between questions, without an answer."""

    name = "statement"
    title = N_("Statement")
    example = N_("Text between questions; no answer needed")
    order = 11
    begins = {
        "texts": bilingual(
            "感谢您的光临。请回答下面几个问题。", "Thank you for coming. Please answer a few questions."
        )
    }
    settings = (*ALL, "help")
    asks = False

    def names(self, question: Question) -> tuple[str, ...]:
        return ()

    def read(self, question: Question, fields: FormFields) -> Answers:
        return {}


KIND = StatementKind()

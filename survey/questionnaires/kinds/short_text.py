"""A text of one line."""

from survey.questionnaires.definition import Question

from .kind import N_, InvalidAnswer
from .text import TextKind
from .wordings import bilingual

LONGEST = 200


class ShortTextKind(TextKind):
    """A text of one line."""

    name = "short_text"
    title = N_("Short text")
    example = N_("Which model do you drive? One line")
    order = 7
    begins = {"texts": bilingual("您的车型是？", "Which model do you drive?")}
    stem = "line"
    longest = LONGEST
    bound = range(1, LONGEST + 1)
    is_comment = False

    def parse(self, question: Question, raw: str) -> str | None:
        text = super().parse(question, raw)
        if text and "\n" in text:
            raise InvalidAnswer("characters")
        return text


KIND = ShortTextKind()

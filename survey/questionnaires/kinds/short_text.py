"""A text of one line."""

from survey.questionnaires.definition import Question

from .kind import Refused
from .text import Text

LONGEST = 200


class ShortText(Text):
    name = "short_text"
    longest = LONGEST

    def parse(self, question: Question, raw: str) -> str | None:
        text = super().parse(question, raw)
        if text and "\n" in text:
            raise Refused("characters")
        return text


KIND = ShortText()

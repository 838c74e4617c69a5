"""A free text."""

import re

from survey.questionnaires.definition import Question

from .kind import Refused

LONGEST = 2000
# Control characters other than tab and line ends, surrogates, and the marks that turn the direction of what
# follows: they can make a comment read as something that nobody wrote.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Text:
    name = "text"

    def parse(self, question: Question, raw: str) -> str | None:
        if not raw:
            return None
        text = raw.replace("\r\n", "\n").strip()
        if len(text) > LONGEST:
            raise Refused("length")
        if FORBIDDEN.search(text):
            raise Refused("characters")
        return text or None

    def values(self, question: Question) -> tuple[int, ...]:
        return ()


KIND = Text()

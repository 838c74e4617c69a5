"""A long text: a comment, an opinion."""

import re

from survey.questionnaires.definition import Question

from .kind import Plain, Refused

LONGEST = 2000
# Control characters other than tab and line ends, surrogates, and the marks that turn the direction of what
# follows: they can make a comment read as something that nobody wrote.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def clean(raw: str, longest: int) -> str | None:
    """The text without the space around it, None when nothing is left. Raises Refused."""
    text = raw.replace("\r\n", "\n").strip()
    if len(text) > longest:
        raise Refused("length")
    if FORBIDDEN.search(text):
        raise Refused("characters")
    return text or None


class Text(Plain):
    name = "text"
    longest = LONGEST

    def parse(self, question: Question, raw: str) -> str | None:
        return clean(raw, min(self.longest, question.maximum or self.longest))


KIND = Text()

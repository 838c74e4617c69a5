"""A long text, such as a comment."""

import re
from collections.abc import Iterator, Sequence

from survey.questionnaires.definition import Question

from .candidates import ELSE, ComparedValue, compared_values, subsets
from .kind import CLOSED, N_, WORDS, InvalidAnswer, Kind
from .wordings import bilingual

LONGEST = 2000
# Control characters other than tab and line ends, surrogates, and marks that change the direction of text can
# make a comment read as something that nobody wrote.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
REFUSALS = {
    "length": N_("this text is too long"),
    "characters": N_("please remove characters that cannot be shown"),
}


def clean(raw: str, longest: int) -> str | None:
    """Return the text without the space around it, or None when nothing is left. Raises InvalidAnswer."""
    text = raw.replace("\r\n", "\n").strip()
    if len(text) > longest:
        raise InvalidAnswer("length")
    if FORBIDDEN.search(text):
        raise InvalidAnswer("characters")
    return text or None


class TextKind(Kind):
    """A text of several lines."""

    name = "text"
    title = N_("Long text")
    example = N_("Anything else? A few lines")
    order = 6
    begins = {"texts": bilingual("还有什么想对我们说的？", "Anything else you would like to tell us?")}
    settings = (*CLOSED, "about", "maximum")
    longest = LONGEST
    bound = range(1, LONGEST + 1)
    comparisons = WORDS
    is_comment = True
    refusals = REFUSALS

    def parse(self, question: Question, raw: str) -> str | None:
        return clean(raw, min(self.longest, question.maximum or self.longest))

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Iterator[str]:
        """Yield every text that is compared with, and texts that contain each combination of the words."""
        most = question.maximum or self.longest
        contained = [comparison for comparison in compared if comparison.operator == "contains"]
        yield from (text for text in compared_values(compared, str) if len(text) <= most)
        words = [word for word in compared_values(contained, str) if len(word) <= most]
        yield from (ELSE.join((*chosen, "")) or ELSE for chosen in subsets(words))

    def meaning(self, question: Question) -> tuple[object, ...]:
        return ("text",)


KIND = TextKind()

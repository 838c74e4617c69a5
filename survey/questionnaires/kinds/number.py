"""A number between two bounds, with up to six decimals."""

import re
from decimal import Decimal

from survey.questionnaires.definition import NOT_APPLICABLE, Answers, Question

from .kind import Column, Fields, Plain, Refused, whole

SPELLING = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,6})?", re.ASCII)
MOST_BINS = 200


def not_applicable_field(question: Question) -> str:
    """The box beside the line; a radio would need a group."""
    return f"{question.code}~na"


class Number(Plain):
    name = "number"

    def names(self, question: Question) -> tuple[str, ...]:
        box = (not_applicable_field(question),) if question.not_applicable else ()
        return (question.code, *box)

    def read(self, question: Question, fields: Fields) -> Answers:
        """The box counts for more than what is on the line."""
        box = fields.get(not_applicable_field(question), "") if question.not_applicable else ""
        if box not in ("", "1"):
            raise Refused("range")
        return {question.code: NOT_APPLICABLE} if box else super().read(question, fields)

    def parse(self, question: Question, raw: str) -> int | float | None:
        spelled = raw.strip().replace("．", ".").replace("－", "-")
        if not spelled:
            return None
        if not SPELLING.fullmatch(spelled):
            raise Refused("number")
        number = Decimal(spelled)
        if number != round(number, question.decimals):
            raise Refused("decimals")
        low, high = question.minimum, question.maximum
        if (low is not None and number < low) or (high is not None and number > high):
            raise Refused("bounds")
        return float(number) if question.decimals else int(number)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Whole numbers between two near bounds are counted one by one; others are found in exports."""
        low, high = question.minimum, question.maximum
        if question.decimals or low is None or high is None or high - low >= MOST_BINS:
            return ()
        return (Column(question.code, question, tuple(range(int(low), int(high) + 1)), whole),)


KIND = Number()

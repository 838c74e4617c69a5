"""A number between two bounds, with up to six decimals."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from itertools import chain
from typing import Any

from survey.questionnaires.definition import NOT_APPLICABLE, Answers, Question

from .candidates import ComparedValue, compared_values
from .kind import (
    CLOSED,
    N_,
    NUMBER,
    NUMBERS,
    SPELLING,
    FormFields,
    HistogramColumn,
    InvalidAnswer,
    Kind,
    SettingProblems,
    is_number,
    number,
    whole_or_none,
)
from .wordings import bilingual

MOST_BINS = 200
MOST_DECIMALS = 6
FURTHEST = Decimal(10) ** 15 - 1  # SPELLING has no more digits


def not_applicable_field(question: Question) -> str:
    """Return the name of the checkbox beside the line; a radio button would need a group."""
    return f"{question.code}~na"


class NumberKind(Kind):
    """A number between two bounds."""

    name = "number"
    title = N_("Number")
    example = N_("How many minutes did you wait?")
    order = 8
    begins = {
        "texts": bilingual("您等候了多少分钟？", "How many minutes did you wait?"),
        "minimum": 0,
        "maximum": 120,
        "unit": bilingual("分钟", "minutes"),
    }
    settings = (*CLOSED, "minimum", "maximum", "decimals", "unit", "not_applicable")
    bound = NUMBER
    comparisons = NUMBERS
    refusals = {
        "number": N_("please enter a number"),
        "decimals": N_("please enter fewer decimals"),
        "bounds": N_("please stay within the limits shown"),
    }
    parse_value = staticmethod(number)

    def names(self, question: Question) -> tuple[str, ...]:
        box = (not_applicable_field(question),) if question.not_applicable else ()
        return (question.code, *box)

    def read(self, question: Question, fields: FormFields) -> Answers:
        """Return the answer; the checkbox for "not applicable" overrides what is on the line."""
        box = fields.get(not_applicable_field(question), "") if question.not_applicable else ""
        if box not in ("", "1"):
            raise InvalidAnswer("range")
        return {question.code: NOT_APPLICABLE} if box else super().read(question, fields)

    def parse(self, question: Question, raw: str) -> int | float | None:
        spelled = raw.strip().replace("．", ".").replace("－", "-")
        if not spelled:
            return None
        if not SPELLING.fullmatch(spelled):
            raise InvalidAnswer("number")
        answer = Decimal(spelled)
        if answer != round(answer, question.decimals):
            raise InvalidAnswer("decimals")
        low, high = question.minimum, question.maximum
        if (low is not None and answer < low) or (high is not None and answer > high):
            raise InvalidAnswer("bounds")
        return float(answer) if question.decimals else int(answer)

    def columns(self, question: Question) -> tuple[HistogramColumn, ...]:
        """Return a histogram of whole numbers within at most MOST_BINS; other numbers are only exported."""
        low, high = question.minimum, question.maximum
        if question.decimals or low is None or high is None or high - low >= MOST_BINS:
            return ()
        return (
            HistogramColumn(question.code, question, tuple(range(int(low), int(high) + 1)), whole_or_none),
        )

    def setting_problems(self, item: Mapping[str, Any], default: str) -> SettingProblems:
        decimals = item.get("decimals", 0)
        if not isinstance(decimals, int) or not 0 <= decimals <= MOST_DECIMALS:
            return
        for key in ("minimum", "maximum"):
            bound = item.get(key)
            if isinstance(bound, float) and round(bound, decimals) != bound:
                yield key, "decimals", {"decimals": decimals}

    def is_answer(self, question: Question, value: Any) -> bool:
        return is_number(value)

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Iterator[float]:
        """Return every number that is compared with, its neighbours, and the ends."""
        step = Decimal(1).scaleb(-question.decimals)
        low = -FURTHEST if question.minimum is None else Decimal(str(question.minimum))
        high = FURTHEST if question.maximum is None else Decimal(str(question.maximum))

        def below(value: Decimal) -> Decimal:
            return (value / step).to_integral_value(ROUND_FLOOR) * step

        ends = [-below(-low), below(high), Decimal(0)]
        marks = [below(Decimal(str(v))) for v in compared_values(compared, int, float) if abs(v) <= FURTHEST]
        for answer in chain(ends, *((mark, mark - step, mark + step) for mark in marks)):
            if low <= answer <= high:
                yield float(answer) if question.decimals else int(answer)

    def cell_of(self, question: Question) -> str:
        return "number" if question.decimals else "whole"


KIND = NumberKind()

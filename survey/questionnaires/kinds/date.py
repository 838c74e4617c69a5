"""A date."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from survey.questionnaires.definition import Question

from .candidates import ComparedValue, compared_values
from .kind import CLOSED, DAY, N_, NUMBERS, InvalidAnswer, Kind
from .wordings import bilingual

SPELLING = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST, LAST = "0001-01-01", "9999-12-31"


def day_of(value: Any) -> date | None:
    """Return the day in ``value``, such as "2026-01-31", or None."""
    if not isinstance(value, str) or not SPELLING.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


class DateKind(Kind):
    """A date between two bounds."""

    name = "date"
    title = N_("Date")
    example = N_("When did you visit?")
    order = 9
    begins = {"texts": bilingual("您是哪天来的？", "On which day did you come?")}
    settings = (*CLOSED, "minimum", "maximum")
    bound = DAY
    comparisons = NUMBERS
    refusals = {
        "date": N_("please enter a date, like 2026-11-23"),
        "bounds": N_("please stay within the limits shown"),
    }
    cell = "date"

    def parse(self, question: Question, raw: str) -> str | None:
        spelled = raw.strip()
        if not spelled:
            return None
        try:
            day = date.fromisoformat(spelled)
        except ValueError:
            raise InvalidAnswer("date") from None
        if not (question.minimum or FIRST) <= day.isoformat() <= (question.maximum or LAST):
            raise InvalidAnswer("bounds")
        return day.isoformat()

    def is_answer(self, question: Question, value: Any) -> bool:
        return day_of(value) is not None

    def parse_value(self, text: str) -> str:
        return date.fromisoformat(text).isoformat()

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Iterator[str]:
        """Yield the ends, every day that is compared with, and its neighbours."""
        low, high = str(question.minimum or FIRST), str(question.maximum or LAST)
        marks = [day for value in compared_values(compared, str) if (day := day_of(value))]
        near = (_moved(day, days) for day in marks for days in (0, -1, 1))
        for moved in (low, high, *near):
            if moved is not None and low <= moved <= high:
                yield moved


def _moved(day: date, days: int) -> str | None:
    try:
        return (day + timedelta(days)).isoformat()
    except OverflowError:
        return None


KIND = DateKind()

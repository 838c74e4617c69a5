"""A consent given with a checkbox: "I agree that …"."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.questionnaires.definition import Question, Texts

from .candidates import ComparedValue
from .kind import ANSWERED, N_, InvalidAnswer, Kind, is_number, number
from .wordings import YES, bilingual


class ConsentKind(Kind):
    """A consent, stored as 1."""

    name = "consent"
    title = N_("Consent")
    example = N_("I agree that … A box to tick")
    order = 12
    begins = {
        "texts": bilingual("我同意贵公司就我的反馈与我联系。", "I agree to be contacted about my feedback.")
    }
    comparisons = (ANSWERED, "equal")
    cell = "whole"
    parse_value = staticmethod(number)

    def parse(self, question: Question, raw: str) -> int:
        if raw != "1":
            raise InvalidAnswer("range")
        return 1

    def words(self, question: Question) -> Mapping[Any, Texts]:
        return {1: YES}

    def is_answer(self, question: Question, value: Any) -> bool:
        return is_number(value)

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Sequence[int]:
        return (1,)


KIND = ConsentKind()

"""A choice of any of several options, each with a checkbox of its own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from survey.questionnaires.definition import Answers, Option, Question, Texts

from .candidates import ComparedValue, compared_values, subsets
from .kind import (
    ANSWERED,
    CLOSED,
    N_,
    FormFields,
    HistogramColumn,
    InvalidAnswer,
    Kind,
    SettingProblems,
    is_number,
)
from .single_choice import (
    MOST_OPTIONS,
    options,
    other_key,
    read_other_text,
    share_columns,
    texts_by_option,
    with_other_field,
)
from .text import REFUSALS
from .wordings import NO, YES, bilingual


def option_field(question: Question, option: str) -> str:
    """Return the name of the field for the option with this code."""
    return f"{question.code}~{option}"


class MultipleChoiceKind(Kind):
    """A choice of any of several options."""

    name = "multiple_choice"
    title = N_("Multiple choice")
    example = N_("What did you come for? Choose all that apply")
    order = 4
    begins = {
        "texts": bilingual(
            "您今天办理了哪些业务？可选多项。", "What did you come for today? Choose all that apply."
        ),
        "options": options(("咨询", "Advice"), ("购买", "Buying"), ("维修", "Repair")),
    }
    stem = "choices"
    settings = (*CLOSED, "options", "minimum", "maximum")
    bound = range(MOST_OPTIONS + 1)
    marks = ("exclusive", "other")
    comparisons = ("contains", ANSWERED)
    refusals = REFUSALS | {
        "exclusive": N_("one of these answers excludes the others"),
        "too few": N_("please choose more options"),
        "too many": N_("please choose fewer options"),
    }
    cell = "whole"
    per_option = True
    option_words = {0: NO, 1: YES}

    def names(self, question: Question) -> tuple[str, ...]:
        return with_other_field(
            question, *(option_field(question, option.code) for option in question.options)
        )

    def read(self, question: Question, fields: FormFields) -> Answers:
        chosen = [o for o in question.options if self._ticked(fields.get(option_field(question, o.code), ""))]
        if not chosen:
            return {}
        if len(chosen) > 1 and any(option.exclusive for option in chosen):
            raise InvalidAnswer("exclusive")
        alone = chosen[0].exclusive
        if len(chosen) < (question.minimum or 0) and not alone:
            raise InvalidAnswer("too few")
        if len(chosen) > (question.maximum or len(chosen)):
            raise InvalidAnswer("too many")
        return {question.code: [option.code for option in chosen]} | read_other_text(question, chosen, fields)

    def _ticked(self, raw: str) -> bool:
        if raw not in ("", "1"):
            raise InvalidAnswer("range")
        return raw == "1"

    def columns(self, question: Question) -> tuple[HistogramColumn, ...]:
        return share_columns(question, lambda answer, code: code in answer)

    def words(self, question: Question) -> Mapping[Any, Texts]:
        return texts_by_option(question)

    def setting_problems(self, item: Mapping[str, Any], default: str) -> SettingProblems:
        fewest, offered = item.get("minimum"), item.get("options")
        if isinstance(offered, list) and fewest is not None and is_number(fewest) and fewest > len(offered):
            yield "minimum", "too much to choose", {"number": len(offered)}

    def is_answer(self, question: Question, value: Any) -> bool:
        return value in question.by_option

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Iterator[list[str]]:
        """Yield every possible combination of the options that are compared with, each filled up with as many
        of the others as ``minimum`` requires."""
        compared_codes = set(compared_values(compared, str))
        fewest, most = max(question.minimum or 1, 1), question.maximum or len(question.options)
        other_options = [o for o in question.options if o.code not in compared_codes]
        for chosen in subsets([o for o in question.options if o.code in compared_codes]):
            alone = (
                next((o for o in (*chosen, *other_options) if o.exclusive), None) if len(chosen) < 2 else None
            )
            if alone is not None and chosen in ((), (alone,)):
                yield [alone.code]
            filled = _filled(chosen, other_options, fewest)
            if fewest <= len(filled) <= most and not any(o.exclusive for o in filled):
                yield [o.code for o in question.options if o in filled]

    def exported(self, question: Question) -> tuple[str, ...]:
        keys = tuple(f"{question.code}.{option.code}" for option in question.options)
        return (*keys, *([other_key(question)] if any(o.other for o in question.options) else []))

    def option_cells(self, question: Question, answer: Any) -> Iterator[tuple[str, int | None]]:
        for option in question.options:
            yield option.code, int(option.code in answer)


def _filled(chosen: Sequence[Option], spare: Sequence[Option], fewest: int) -> list[Option]:
    missing = max(fewest - len(chosen), 0)
    return [*chosen, *[o for o in spare if not o.exclusive][:missing]]


KIND = MultipleChoiceKind()

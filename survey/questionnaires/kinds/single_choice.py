"""A choice of one of several options."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from survey.questionnaires.definition import NOT_APPLICABLE, Answers, Option, Question, Texts

from .candidates import ComparedValue
from .kind import (
    ANSWERED,
    N_,
    SAME,
    SCORED,
    SHARE,
    FormFields,
    HistogramColumn,
    InvalidAnswer,
    Kind,
    SettingProblems,
)
from .text import REFUSALS, clean
from .wordings import bilingual

LONGEST_OTHER = 200
MOST_OPTIONS = 50


def options(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    """Return the options of a new question, from their texts in Chinese and English."""
    return [{"code": f"o{number}", "texts": bilingual(*pair)} for number, pair in enumerate(pairs, 1)]


def texts_by_option(question: Question) -> dict[str, Texts]:
    """Return the texts of each option by its code."""
    return {option.code: option.texts for option in question.options}


def other_field(question: Question) -> str:
    """Return the name of the field for the line of the option "other"."""
    return f"{question.code}~other~text"


def other_key(question: Question) -> str:
    """Return the key under which the answers store the text on that line."""
    return f"{question.code}~other"


def read_other_text(question: Question, chosen: list[Option], fields: FormFields) -> Answers:
    """Return what was written beside "other" if that was chosen, else {}. Raises InvalidAnswer."""
    if not any(option.other for option in chosen):
        return {}
    text = clean(fields.get(other_field(question), ""), LONGEST_OTHER)
    return {other_key(question): text} if text else {}


def with_other_field(question: Question, *names: str) -> tuple[str, ...]:
    """Return ``names``, and the name of the line's field if the question has one."""
    return (*names, other_field(question)) if any(o.other for o in question.options) else names


def share_columns(question: Question, chosen: Callable[[Any, str], bool]) -> tuple[HistogramColumn, ...]:
    """Return a column for each option: 1 when it was chosen, 0 when another was."""

    def counts(code: str) -> Callable[[Any], int | None]:
        return lambda answer: None if answer in (None, NOT_APPLICABLE) else int(chosen(answer, code))

    return tuple(
        HistogramColumn(
            f"{question.code}.{option.code}", question, (0, 1), counts(option.code), summary=SHARE
        )
        for option in question.options
    )


class SingleChoiceKind(Kind):
    """A choice of one of several options; in a quiz some of them are correct."""

    name = "single_choice"
    title = N_("Single choice")
    example = N_("How did you hear about us? A friend, the internet …")
    order = 3
    begins = {
        "texts": bilingual("您是怎样知道我们的？", "How did you hear about us?"),
        "options": options(("朋友介绍", "A friend"), ("网络", "The internet"), ("路过", "Passing by")),
    }
    stem = "choice"
    settings = (*SCORED, "options")
    marks = ("other", "right")
    comparisons = (*SAME, ANSWERED)
    refusals = REFUSALS
    cell = "choice"
    spelled = True

    def names(self, question: Question) -> tuple[str, ...]:
        return with_other_field(question, question.code)

    def read(self, question: Question, fields: FormFields) -> Answers:
        answers = super().read(question, fields)
        option = question.by_option.get(answers.get(question.code, ""))
        return answers | read_other_text(question, [option], fields) if option else answers

    def parse(self, question: Question, raw: str) -> str:
        if raw not in question.by_option:
            raise InvalidAnswer("range")
        return raw

    def columns(self, question: Question) -> tuple[HistogramColumn, ...]:
        options = question.by_option
        columns = share_columns(question, lambda answer, code: bool(answer == code))
        if not question.is_quiz:
            return columns
        right = {code: int(option.right) for code, option in options.items()}
        return (HistogramColumn(question.code, question, (0, 1), right.get, scored=True), *columns)

    def can_score(self, question: Question) -> bool:
        return question.is_quiz

    def words(self, question: Question) -> Mapping[Any, Texts]:
        return texts_by_option(question)

    def setting_problems(self, item: Mapping[str, Any], default: str) -> SettingProblems:
        offered = item.get("options")
        offered = offered if isinstance(offered, list) else []
        is_quiz = any(isinstance(option, dict) and option.get("right") is True for option in offered)
        if item.get("dimension") is not None and not is_quiz:
            yield "dimension", "no right answer", {}

    def is_answer(self, question: Question, value: Any) -> bool:
        return value in question.by_option

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Sequence[str]:
        return [option.code for option in question.options]

    def exported(self, question: Question) -> tuple[str, ...]:
        return (question.code, *([other_key(question)] if any(o.other for o in question.options) else []))


KIND = SingleChoiceKind()

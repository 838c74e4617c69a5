"""One of several options."""

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
    """Options to begin with, by their words in Chinese and English."""
    return [{"code": f"o{number}", "texts": bilingual(*pair)} for number, pair in enumerate(pairs, 1)]


def by_option(question: Question) -> dict[str, Texts]:
    """The words of each option."""
    return {option.code: option.texts for option in question.options}


def other_field(question: Question) -> str:
    """The field of the line that an option "other" brings."""
    return f"{question.code}~other~text"


def other_key(question: Question) -> str:
    """Where the answers keep what was written on that line."""
    return f"{question.code}~other"


def read_other_text(question: Question, chosen: list[Option], fields: FormFields) -> Answers:
    """What was written beside "other", when that was chosen. Raises InvalidAnswer."""
    if not any(option.other for option in chosen):
        return {}
    text = clean(fields.get(other_field(question), ""), LONGEST_OTHER)
    return {other_key(question): text} if text else {}


def with_other_field(question: Question, *names: str) -> tuple[str, ...]:
    """``names`` and that of the line, when there is one."""
    return (*names, other_field(question)) if any(o.other for o in question.options) else names


def share_columns(question: Question, chosen: Callable[[Any, str], bool]) -> tuple[HistogramColumn, ...]:
    """A column for each option: 1 when it was chosen, 0 when another was."""

    def counts(code: str) -> Callable[[Any], int | None]:
        return lambda answer: None if answer in (None, NOT_APPLICABLE) else int(chosen(answer, code))

    return tuple(
        HistogramColumn(
            f"{question.code}.{option.code}", question, (0, 1), counts(option.code), summary=SHARE
        )
        for option in question.options
    )


class SingleChoice(Kind):
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
        return by_option(question)

    def setting_problems(self, item: Mapping[str, Any], default: str) -> SettingProblems:
        offered = item.get("options")
        offered = offered if isinstance(offered, list) else []
        is_quiz = any(isinstance(one, dict) and one.get("right") is True for one in offered)
        if item.get("dimension") is not None and not is_quiz:
            yield "dimension", "no right answer", {}

    def is_answer(self, question: Question, value: Any) -> bool:
        return value in question.by_option

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Sequence[str]:
        return [option.code for option in question.options]

    def exported(self, question: Question) -> tuple[str, ...]:
        return (question.code, *([other_key(question)] if any(o.other for o in question.options) else []))


KIND = SingleChoice()

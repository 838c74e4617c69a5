"""What every kind of question can do, and says of itself."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey.questionnaires.definition import NOT_APPLICABLE, Answers, Question, Texts
from survey.refusal import N_

from .candidates import ComparedValue

FormFields = Mapping[str, str]
SettingProblems = Iterator[tuple[str, str, Mapping[str, Any]]]
SHARE, MEAN = "share", "mean"
SPELLING = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,6})?", re.ASCII)

# What an item may say of itself, by the keys of the document.
ALL = ("code", "kind", "texts", "show", "supplied")
ASKED = (*ALL, "help", "required")
CLOSED = (*ASKED, "withheld")
SCORED = (*CLOSED, "not_applicable", "dimension", "weight")

# How answers may be compared, in the order in which it is offered.
ANSWERED = "answered"
SAME = ("equal", "different", "one_of")
NUMBERS = ("equal", "different", "less", "at_most", "more", "at_least", "one_of", ANSWERED)
WORDS = ("contains", *SAME, ANSWERED)

DAY, NUMBER = "day", "number"
USUAL = {"required": N_("please answer"), "range": N_("please choose one of the options shown")}


class InvalidAnswer(ValueError):
    """An answer that is not one. ``reason`` is a key of USUAL or of the kind's own ``refusals``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class HistogramColumn:
    """One histogram that the tallies keep of a question's answers.

    ``bins`` are the numbers it counts, ascending; ``number`` tells which of them a stored answer is, None
    when it is none (then the answer is not counted). ``scored``: it can count in an index, so its sums with
    the other scored columns are kept too. ``summary``: what a page says of it where it is not scored, the
    SHARE of those who answered that 1 is, or the MEAN number.
    """

    key: str
    question: Question
    bins: tuple[int, ...]
    number: Callable[[Any], int | None]
    scored: bool = False
    summary: str = MEAN

    def pools_with(self, other: "HistogramColumn") -> bool:
        """Whether answers counted in ``other`` mean the same: kind, scale and direction agree."""
        mine, theirs = self.question, other.question
        return (mine.kind, self.bins, mine.best) == (theirs.kind, other.bins, theirs.best)


class Kind:
    """A module each, which says all there is to say; and the template that draws it. What is not said is as
    most kinds have it: one field, stored under the question's code, nothing counted.

    To the builder: ``title`` and ``example`` (English, to be translated) name it among those to choose from,
    which stand in ``order``; ``begins`` is what a new question of it says, ``stem`` how its code begins.
    ``settings`` are the keys that an item may have; ``bound`` is what its minimum and maximum are: DAY,
    NUMBER, or a range of whole numbers; ``marks`` what can be said of an option. ``asks``: there is something
    to answer.

    Of its answers: ``apart``, they are stored apart; ``longest``, the characters that may be written;
    ``comparisons``, what conditions may ask of them; ``is_scale``, they are points, of which the best can be
    ticked without care; ``in_runs``, so can the same one after another; ``is_comment``, the page of comments
    shows them. ``refusals`` are the sentences for its InvalidAnswer, English, to be translated.

    Of exports: ``cell`` is the type of its column (see responses.export.columns), or of one for each option
    where ``per_option``, whose values have the words ``option_words``; ``spelled``: words stand beside;
    ``written``: a "text" is in the customer's own words, by which she could be known.
    """

    name = ""
    title = ""
    example = ""
    order = 100
    begins: Mapping[str, Any] = {}
    stem = ""
    settings: Sequence[str] = CLOSED
    bound: str | range = range(0)
    asks = True
    apart = False
    marks: Sequence[str] = ()
    longest = 0
    comparisons: Sequence[str] = ()
    is_scale = False
    in_runs = False
    is_comment = False
    refusals: Mapping[str, str] = {}
    cell = "text"
    written = True
    per_option = False
    option_words: Mapping[Any, Texts] = {}
    spelled = False
    between = ", "
    """What stands between several answers that are told in words."""

    def names(self, question: Question) -> tuple[str, ...]:
        """The names of its fields in the form."""
        return (question.code,)

    def read(self, question: Question, fields: FormFields) -> Answers:
        """What the form's ``fields`` answer, ready to be stored; {} when blank. Raises InvalidAnswer."""
        raw = fields.get(question.code, "")
        if not raw:
            return {}
        if raw == NOT_APPLICABLE and question.not_applicable:
            return {question.code: NOT_APPLICABLE}
        answer = self.parse(question, raw)
        return {} if answer is None else {question.code: answer}

    def parse(self, question: Question, raw: str) -> Any:
        """The answer that the text ``raw`` (never "") gives, None when it is blank. Raises InvalidAnswer."""
        raise NotImplementedError

    def refusal_text(self, reason: str) -> str:
        """The sentence, to be translated, for an InvalidAnswer."""
        return self.refusals.get(reason) or USUAL[reason]

    def columns(self, question: Question) -> tuple[HistogramColumn, ...]:
        """What the tallies count of it; () where nothing is counted."""
        return ()

    def can_score(self, question: Question) -> bool:
        """Whether it can count in an index, as it is."""
        return "dimension" in self.settings

    def words(self, question: Question) -> Mapping[Any, Texts]:
        """The answers there are, where they are few, with the texts by language that they have."""
        return {}

    def labelled_points(self, question: Question) -> Sequence[str]:
        """What its labels are the labels of, the lowest first; () where it has none."""
        return ()

    def setting_problems(self, item: Mapping[str, Any], default: str) -> SettingProblems:
        """Settings of an item, which need not be well-formed, that do not fit each other: each as the key,
        a reason of rules.checking.problem and what fills it in. ``default`` is the first language."""
        yield from ()

    def is_answer(self, question: Question, value: Any) -> bool:
        """Whether answers can be compared with ``value``; one out of range they just never are."""
        return isinstance(value, str)

    def parse_value(self, text: str) -> Any:
        """The value to compare with that somebody typed. Raises ValueError."""
        return text

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Iterable[Any]:
        """Answers among which there is one for each way in which ``compared`` can come out. Raises
        candidates.TooMany."""
        return ()

    def exported(self, question: Question) -> tuple[str, ...]:
        """The columns of an export, by the keys under which its values are found in answers or options; none
        of what is stored apart."""
        return () if self.apart or not self.asks else (question.code,)

    def cell_of(self, question: Question) -> str:
        return self.cell

    def option_cells(self, question: Question, answer: Any) -> Iterator[tuple[str, int | None]]:
        """The code of each option, and its cell, where it is exported ``per_option``."""
        yield from ()

    def meaning(self, question: Question) -> tuple[object, ...]:
        """Answers to questions with one code and one meaning stand in one column of an export."""
        return (self.name,)


def whole(answer: Any) -> int | None:
    """The answer itself where it is a whole number."""
    return answer if isinstance(answer, int) else None


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(text: str) -> int | float:
    """The number that is typed, whole where it can be. Raises ValueError."""
    if not SPELLING.fullmatch(text):
        raise ValueError(text)
    return float(text) if "." in text else int(text)

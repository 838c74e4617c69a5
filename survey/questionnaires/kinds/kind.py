"""The interface of every question type."""

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

# The settings of an item, by the keys of the document.
ALL = ("code", "kind", "texts", "show", "supplied")
ASKED = (*ALL, "help", "required")
CLOSED = (*ASKED, "withheld")
SCORED = (*CLOSED, "not_applicable", "dimension", "weight")

# The operators with which answers may be compared, in the order in which they are offered.
ANSWERED = "answered"
SAME = ("equal", "different", "one_of")
NUMBERS = ("equal", "different", "less", "at_most", "more", "at_least", "one_of", ANSWERED)
WORDS = ("contains", *SAME, ANSWERED)

DAY, NUMBER = "day", "number"
USUAL = {"required": N_("please answer"), "range": N_("please choose one of the options shown")}


class InvalidAnswer(ValueError):
    """The answer is not valid. ``reason`` is a key of USUAL or of the type's own ``refusals``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class HistogramColumn:
    """A histogram that the tallies keep of a question's answers.

    ``bins`` are the numbers that are counted, ascending; ``number`` returns the number of a stored answer, or
    None for an answer that is not counted. ``scored``: the column can count in an index, so its sums with the
    other scored columns are kept too. ``summary`` is what a page shows for a column that is not scored: the
    SHARE of answers that are 1, or the MEAN.
    """

    key: str
    question: Question
    bins: tuple[int, ...]
    number: Callable[[Any], int | None]
    scored: bool = False
    summary: str = MEAN

    def pools_with(self, other: "HistogramColumn") -> bool:
        """Return whether answers in ``other`` count together with these: type, scale and direction agree."""
        question, other_question = self.question, other.question
        meaning = (question.kind, self.bins, question.best)
        return meaning == (other_question.kind, other.bins, other_question.best)


class Kind:
    """A question type, with a module and a template.

    The defaults suit most types: one field, stored under the question's code, and nothing counted.

    For the builder: ``title`` and ``example`` (English, to be translated) describe the type in the list to
    choose from, which is sorted by ``order``. ``begins`` are the settings of a new question, ``stem`` is
    the beginning of its code. ``settings`` are the keys that an item may have. ``bound`` is the type of its
    minimum and maximum: DAY, NUMBER, or a range of whole numbers. ``marks`` are the flags of an option.
    ``asks`` is False for a type without an answer.

    For answers: ``apart`` ones are stored apart from the others; ``longest`` is the most characters of one;
    ``comparisons`` are the operators for conditions. ``is_scale``: the answers are scale points, so that
    somebody careless can choose the best each time; ``in_runs``: they can also choose the same each time.
    ``is_comment``: the page of comments shows the answers. ``refusals`` are the sentences by the reason of an
    InvalidAnswer, English, to be translated.

    For exports: ``cell`` is the type of the column (see responses.export.columns), or of the columns of each
    option where ``per_option``; ``option_words`` are the texts of their values. ``spelled``: a column with
    texts is added. ``written``: a "text" is in the customer's own words, by which they could be identified.
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
    """The separator of several answers in a text."""

    def names(self, question: Question) -> tuple[str, ...]:
        """Return the names of the question's fields in the form."""
        return (question.code,)

    def read(self, question: Question, fields: FormFields) -> Answers:
        """Return the answers in ``fields`` as they are stored; {} if blank. Raises InvalidAnswer."""
        raw = fields.get(question.code, "")
        if not raw:
            return {}
        if raw == NOT_APPLICABLE and question.not_applicable:
            return {question.code: NOT_APPLICABLE}
        answer = self.parse(question, raw)
        return {} if answer is None else {question.code: answer}

    def parse(self, question: Question, raw: str) -> Any:
        """Return the answer in ``raw`` (never ""), or None if that is blank. Raises InvalidAnswer."""
        raise NotImplementedError

    def refusal_text(self, reason: str) -> str:
        """Return the sentence, to be translated, for the ``reason`` of an InvalidAnswer."""
        return self.refusals.get(reason) or USUAL[reason]

    def columns(self, question: Question) -> tuple[HistogramColumn, ...]:
        """Return the histograms that the tallies keep of the question; () where nothing is counted."""
        return ()

    def can_score(self, question: Question) -> bool:
        """Return whether the question, with its present settings, can count in an index."""
        return "dimension" in self.settings

    def words(self, question: Question) -> Mapping[Any, Texts]:
        """Return the texts by language of each possible answer; {} where these are not a few."""
        return {}

    def labelled_points(self, question: Question) -> Sequence[str]:
        """Return the names of the points that the labels belong to, the lowest first; () without labels."""
        return ()

    def setting_problems(self, item: Mapping[str, Any], default: str) -> SettingProblems:
        """Yield the settings of an item, which need not be well-formed, that contradict each other.

        Each is a key, a reason of rules.checking.problem, and the values that fill in its sentence.
        ``default`` is the default language.
        """
        yield from ()

    def is_answer(self, question: Question, value: Any) -> bool:
        """Return whether answers can be compared with ``value``, even if none can be equal to it."""
        return isinstance(value, str)

    def parse_value(self, text: str) -> Any:
        """Return the value to compare with from typed ``text``. Raises ValueError."""
        return text

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Iterable[Any]:
        """Return answers that include one for each possible combination of results of ``compared``.

        Raises TooManyCombinations.
        """
        return ()

    def exported(self, question: Question) -> tuple[str, ...]:
        """Return the columns of an export, by the keys of their values in answers or options.

        Answers that are stored apart are not exported.
        """
        return () if self.apart or not self.asks else (question.code,)

    def cell_of(self, question: Question) -> str:
        """Return the type of the question's column in an export."""
        return self.cell

    def option_cells(self, question: Question, answer: Any) -> Iterator[tuple[str, int | None]]:
        """Yield the code and the cell of each option, where the type is exported ``per_option``."""
        yield from ()

    def meaning(self, question: Question) -> tuple[object, ...]:
        """Return a key: answers to questions with the same code and key are exported in the same column."""
        return (self.name,)


def whole_or_none(answer: Any) -> int | None:
    """Return the answer if it is a whole number, else None."""
    return answer if isinstance(answer, int) else None


def is_number(value: Any) -> bool:
    """Return whether ``value`` is a number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(text: str) -> int | float:
    """Return the number in ``text``, an int unless it has a point. Raises ValueError."""
    if not SPELLING.fullmatch(text):
        raise ValueError(text)
    return float(text) if "." in text else int(text)

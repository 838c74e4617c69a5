"""What every kind of question can do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from survey.questionnaires.definition import NOT_APPLICABLE, Answers, Question

Fields = Mapping[str, str]
SHARE, MEAN = "share", "mean"


class Refused(ValueError):
    """An answer that is not one. ``reason`` is a key of answering.pages.reason()."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Column:
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

    def pools_with(self, other: "Column") -> bool:
        """Whether answers counted in ``other`` mean the same: kind, scale and direction agree."""
        mine, theirs = self.question, other.question
        return (mine.kind, self.bins, mine.best) == (theirs.kind, other.bins, theirs.best)


class Kind(Protocol):
    """A module each. ``apart``: what is entered is stored apart from the answers."""

    name: str
    apart: bool

    def names(self, question: Question) -> tuple[str, ...]:
        """The names of its fields in the form."""

    def read(self, question: Question, fields: Fields) -> Answers:
        """What the form's ``fields`` answer, ready to be stored; {} when blank. Raises Refused."""

    def columns(self, question: Question) -> tuple[Column, ...]:
        """What the tallies count of it; () where nothing is counted."""

    def exported(self, question: Question) -> tuple[str, ...]:
        """The columns of an export, by the keys under which its values are found in answers or options."""


class Plain:
    """What most kinds have in common: one field, stored under the question's code, nothing counted."""

    name = ""
    apart = False

    def names(self, question: Question) -> tuple[str, ...]:
        return (question.code,)

    def read(self, question: Question, fields: Fields) -> Answers:
        raw = fields.get(question.code, "")
        if not raw:
            return {}
        if raw == NOT_APPLICABLE and question.not_applicable:
            return {question.code: NOT_APPLICABLE}
        answer = self.parse(question, raw)
        return {} if answer is None else {question.code: answer}

    def parse(self, question: Question, raw: str) -> Any:
        """The answer that the text ``raw`` (never "") gives, None when it is blank. Raises Refused."""
        raise NotImplementedError

    def columns(self, question: Question) -> tuple[Column, ...]:
        return ()

    def exported(self, question: Question) -> tuple[str, ...]:
        return (question.code,)


def whole(answer: Any) -> int | None:
    """The answer itself where it is a whole number."""
    return answer if isinstance(answer, int) else None

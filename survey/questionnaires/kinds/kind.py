"""What every kind of question can do."""

from typing import Protocol

from survey.questionnaires.definition import Question


class Refused(ValueError):
    """An answer that is not one. ``reason`` is "range", "length" or "characters"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Kind(Protocol):
    name: str

    def parse(self, question: Question, raw: str) -> int | str | None:
        """The answer that ``raw`` gives, None when it is blank. Raises Refused."""

    def values(self, question: Question) -> tuple[int, ...]:
        """The numbers an answer may be, ascending: the bins of its histogram; () where none are counted."""

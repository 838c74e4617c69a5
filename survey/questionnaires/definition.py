"""What a version asks, read from its JSON document into plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from survey.i18n import text_of


@dataclass(frozen=True)
class Question:
    """One question.

    ``code`` names it for ever: answers pool by code. ``texts``, ``help`` and each of ``labels`` (from the
    lowest answer to the highest) are texts by language. ``scale`` is the number of points of a rating.
    ``about`` makes it the optional opinion on another question. ``dimension`` lets it count in the index.
    """

    code: str
    kind: str
    texts: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[Mapping[str, str], ...] = ()
    required: bool = False
    scale: int = 5
    dimension: str | None = None
    about: str | None = None

    def text(self, locale: str) -> str:
        return text_of(dict(self.texts), locale)

    def label(self, number: int, locale: str) -> str:
        """The words of the ``number``-th label, counted from 0; "" without one."""
        return text_of(dict(self.labels[number]), locale) if number < len(self.labels) else ""

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> "Question":
        return cls(**{**document, "labels": tuple(document.get("labels", ()))})


@dataclass(frozen=True)
class Definition:
    """A version's questions in order, and the weights of its index (1 where none is given)."""

    questions: tuple[Question, ...]
    weights: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> "Definition":
        questions = tuple(Question.parse(q) for q in document["questions"])
        return cls(questions, document.get("weights", {}))

    @cached_property
    def by_code(self) -> dict[str, Question]:
        return {q.code: q for q in self.questions}

"""What a version asks, read from its JSON document into plain values. The format: docs/questionnaires.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from survey.i18n import text_of

Texts = Mapping[str, str]
Answers = dict[str, Any]
Document = dict[str, Any]
"""A version's JSON document: its questions in order, title, languages and weights."""
Item = dict[str, Any]
"""A question, statement or page of a document."""

PAGE = "page"
NOT_APPLICABLE = "na"
"""Stored as the answer of who says that a question does not apply to her; it is no score."""
DEFAULT_LANGUAGES = ("zh", "en")
RESERVED = frozenset({"page", "claim", "at", "go", "seen", "csrf_token"})
"""Fields of the form itself: no question may have such a code."""


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from. ``exclusive``: chosen alone. ``other``: brings a line to write on.
    ``right``: the right answer of a quiz."""

    code: str
    texts: Texts
    exclusive: bool = False
    other: bool = False
    right: bool = False


@dataclass(frozen=True)
class Question:
    """One question, or a statement between them.

    ``code`` names it for ever: answers pool by it. ``texts``, ``help``, ``unit`` and each of ``labels``
    (from the lowest answer to the highest) are texts by language, the default language first. ``scale`` is
    the number of points of a rating, ``look`` how it is drawn, ``best`` which end is the good one.
    ``about`` makes it the optional opinion on another question. ``dimension`` lets it count in the index,
    with ``weight`` among the questions of that dimension. ``show`` is the condition under which it is
    asked. ``minimum`` and ``maximum`` bound a number, a date, how many options are chosen, or a length.
    """

    code: str
    kind: str
    texts: Texts = field(default_factory=dict)
    help: Texts = field(default_factory=dict)
    labels: tuple[Texts, ...] = ()
    required: bool = False
    scale: int = 5
    look: str = "numbers"
    best: str = "high"
    dimension: str | None = None
    weight: float = 1
    about: str | None = None
    options: tuple[Option, ...] = ()
    minimum: Any = None
    maximum: Any = None
    decimals: int = 0
    unit: Texts = field(default_factory=dict)
    not_applicable: bool = False
    withheld: bool = False
    show: Mapping[str, Any] | None = None

    def text(self, locale: str) -> str:
        return text_of(self.texts, locale)

    def label(self, number: int, locale: str) -> str:
        """The words of the ``number``-th label, counted from 0; "" without one."""
        return text_of(self.labels[number], locale) if number < len(self.labels) else ""

    @cached_property
    def by_option(self) -> dict[str, Option]:
        return {option.code: option for option in self.options}

    @property
    def is_quiz(self) -> bool:
        return any(option.right for option in self.options)

    @classmethod
    def parse(cls, document: Mapping[str, Any], default: str = "zh") -> "Question":
        known = {name: document[name] for name in _NAMES if name in document}
        for name in ("texts", "help", "unit"):
            if name in known:
                known[name] = default_first(known[name], default)
        known["labels"] = tuple(default_first(texts, default) for texts in document.get("labels", ()))
        known["options"] = tuple(
            Option(**{**option, "texts": default_first(option["texts"], default)})
            for option in document.get("options", ())
        )
        return cls(**known)


_NAMES = tuple(one.name for one in fields(Question))


@dataclass(frozen=True)
class QuestionnairePage:
    """Questions that are asked together. The first page may have no code: nothing stands before it."""

    code: str
    texts: Texts
    show: Mapping[str, Any] | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Definition:
    """A version's questions in order, on pages, and the weights of its index (1 where none is given).

    ``languages``: the default first. ``shows_score``: who answered sees how many points that gives (a quiz).
    """

    questions: tuple[Question, ...]
    weights: Mapping[str, float] = field(default_factory=dict)
    pages: tuple[QuestionnairePage, ...] = ()
    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    shows_score: bool = False
    title: Texts = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.pages:
            object.__setattr__(self, "pages", (QuestionnairePage("", {}, None, self.questions),))

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> "Definition":
        """Trusts the document: what comes from outside passes rules/checking.py first."""
        languages = tuple(document.get("languages", DEFAULT_LANGUAGES))
        pages = _pages([Question.parse(item, languages[0]) for item in document["questions"]])
        return cls(
            questions=tuple(question for page in pages for question in page.questions),
            weights=document.get("weights", {}),
            pages=pages,
            languages=languages,
            shows_score=document.get("shows_score", False),
            title=default_first(document.get("title", {}), languages[0]),
        )

    @cached_property
    def by_code(self) -> dict[str, Question]:
        return {q.code: q for q in self.questions}


def _pages(items: Iterable[Question]) -> tuple[QuestionnairePage, ...]:
    """The items cut at the pages among them. A page without questions stays: a draft may have one."""
    heads: list[Question | None] = [None]
    groups: list[list[Question]] = [[]]
    for item in items:
        if item.kind != PAGE:
            groups[-1].append(item)
        elif heads == [None] and not groups[0]:
            heads[0] = item
        else:
            heads.append(item)
            groups.append([])
    return tuple(
        QuestionnairePage(head.code, head.texts, head.show, tuple(group))
        if head
        else QuestionnairePage("", {}, None, tuple(group))
        for head, group in zip(heads, groups, strict=True)
    )


def default_first(texts: Texts, default: str) -> Texts:
    """The same texts with the default language before the others: what is missing falls back to it."""
    if default not in texts or next(iter(texts)) == default:
        return texts
    return {default: texts[default]} | dict(texts)

"""The definition of a version, parsed from its JSON document. docs/questionnaires.md describes the format."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from survey.i18n import text_of

Texts = Mapping[str, str]
Answers = dict[str, Any]
Document = dict[str, Any]
"""The JSON document of a version: its questions in order, title, languages and weights."""
Item = dict[str, Any]
"""A question, statement or page of a document."""

PAGE = "page"
NOT_APPLICABLE = "na"
"""The stored answer of a customer to whom the question does not apply; it does not count as a score."""
DEFAULT_LANGUAGES = ("zh", "en")
RESERVED = frozenset({"page", "claim", "at", "go", "seen", "csrf_token"})
"""Names of fields of the form itself, which no question may have as its code."""


@dataclass(frozen=True)
class Option:
    """An option of a question. ``exclusive``: it can only be chosen alone. ``other``: a line to write on is
    shown with it. ``right``: it is a correct answer of a quiz."""

    code: str
    texts: Texts
    exclusive: bool = False
    other: bool = False
    right: bool = False


@dataclass(frozen=True)
class Question:
    """A question, or a statement between questions.

    ``code`` is permanent, since answers of all versions pool by it. ``texts``, ``help``, ``unit`` and each
    of ``labels`` (from the lowest answer to the highest) are texts by language, the default language first.
    ``scale`` is the number of scale points of a rating, ``look`` its style, ``best`` its good end ("high" or
    "low"). ``about`` is the code of the question on which this is the optional comment. A question with a
    ``dimension`` counts in the index, with ``weight`` among the questions of that dimension. ``show`` is the
    display condition. ``minimum`` and ``maximum`` bound a number, a date, the number of options chosen, or a
    length in characters.
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
        """Return the text of the label ``number``, counted from 0, or "" without that label."""
        return text_of(self.labels[number], locale) if number < len(self.labels) else ""

    @cached_property
    def by_option(self) -> dict[str, Option]:
        return {option.code: option for option in self.options}

    @property
    def is_quiz(self) -> bool:
        return any(option.right for option in self.options)

    @classmethod
    def parse(cls, document: Mapping[str, Any], default: str = "zh") -> "Question":
        values = {name: document[name] for name in _NAMES if name in document}
        for name in ("texts", "help", "unit"):
            if name in values:
                values[name] = default_first(values[name], default)
        values["labels"] = tuple(default_first(texts, default) for texts in document.get("labels", ()))
        values["options"] = tuple(
            Option(**{**option, "texts": default_first(option["texts"], default)})
            for option in document.get("options", ())
        )
        return cls(**values)


_NAMES = tuple(attribute.name for attribute in fields(Question))


@dataclass(frozen=True)
class QuestionnairePage:
    """A page of questions. The first has the code "" if no page item precedes its questions."""

    code: str
    texts: Texts
    show: Mapping[str, Any] | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Definition:
    """The questions of a version in order, on pages, and the weights of its dimensions (1 by default).

    ``languages`` has the default first. ``shows_score``: the thanks show how many points the answers earned
    (a quiz).
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
        """Return the definition of a valid document; any other is to be checked with rules/checking first."""
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
    """Split the items at the pages among them. A page without questions stays, since a draft may have one."""
    page_items: list[Question | None] = [None]
    groups: list[list[Question]] = [[]]
    for item in items:
        if item.kind != PAGE:
            groups[-1].append(item)
        elif page_items == [None] and not groups[0]:
            page_items[0] = item
        else:
            page_items.append(item)
            groups.append([])
    return tuple(
        QuestionnairePage(head.code, head.texts, head.show, tuple(group))
        if head
        else QuestionnairePage("", {}, None, tuple(group))
        for head, group in zip(page_items, groups, strict=True)
    )


def default_first(texts: Texts, default: str) -> Texts:
    """Return the texts with the default language first, because missing texts fall back to the first."""
    if default not in texts or next(iter(texts)) == default:
        return texts
    return {default: texts[default]} | dict(texts)

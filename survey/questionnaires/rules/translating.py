"""The texts of a draft's document in its languages: which are missing, and how they are changed. Pure.

Each text has a key of its own ("title", "quality.texts", "quality.labels.0", "visit.options.o1"), so that two
people may translate at the same time, and a table of texts may leave the house and come back.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.questionnaires.definition import PAGE, Document, Texts
from survey.questionnaires.kinds.text import FORBIDDEN

from .checking.document import MOST_LANGUAGES
from .checking.values import LONGEST_TEXT, blank

LONGEST_LINE = 200
"""Characters of a title or a label, which stand on one line."""
SHORT = ("title", "labels")


class TextChanged(ValueError):
    """Somebody changed the text meanwhile: ``now`` is what it is, None when its question is gone."""

    def __init__(self, key: str, now: str | None) -> None:
        super().__init__(key)
        self.key = key
        self.now = now


@dataclass(frozen=True)
class Piece:
    """One text in all its languages. ``item``: the code of its question, "" for those of the whole. ``part``:
    title, summary, note, texts, help, unit, labels or options. ``at``: a label's number from 0, an option's
    code. ``must``: it may not be left out altogether."""

    item: str
    part: str
    at: str
    texts: Texts
    must: bool = False

    @property
    def key(self) -> str:
        return ".".join(name for name in (self.item, self.part, self.at) if name)

    @property
    def longest(self) -> int:
        return LONGEST_LINE if self.part in SHORT else LONGEST_TEXT

    @property
    def needed(self) -> bool:
        """A text that is there in one language is needed in all."""
        return self.must or not all(blank(text) for text in self.texts.values())

    def lacks(self, language: str) -> bool:
        return self.needed and blank(self.texts.get(language, ""))


@dataclass(frozen=True)
class TranslationProgress:
    """How many of the texts that a language needs it has."""

    filled: int
    needed: int

    @property
    def missing(self) -> int:
        return self.needed - self.filled

    @property
    def percent(self) -> int:
        """Rounded down: 100 only when nothing is missing."""
        return 100 * self.filled // self.needed if self.needed else 100


def pieces(document: Document) -> list[Piece]:
    """All texts that are needed, in the order in which they are read."""
    return [piece for piece, _holder, _name in _text_places(document) if piece.needed]


def translation_progress(document: Document) -> dict[str, TranslationProgress]:
    """By language, the default first. The default language lacks just what keeps a draft from being published
    as "untranslated" (see checking)."""
    needed = pieces(document)
    return {
        language: TranslationProgress(sum(not piece.lacks(language) for piece in needed), len(needed))
        for language in document["languages"]
    }


def digest(text: str) -> str:
    """Short, and another for whatever differs."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def refusal_reason(piece: Piece, text: str) -> str:
    """Why ``text`` cannot be a text of ``piece``: "long" or "characters"; "" where it can."""
    if len(text) > piece.longest:
        return "long"
    return "characters" if FORBIDDEN.search(text) else ""


def write(document: Document, language: str, texts: Mapping[str, tuple[str, str]]) -> Document:
    """``texts``, by key: (digest of the text as it was seen, the new one; "" takes it away).

    Raises Changed at the first that is no longer as it was seen, unless it already says the new one.
    """
    spots = {piece.key: (piece, holder, name) for piece, holder, name in _text_places(document)}
    for key, (seen, text) in texts.items():
        if key not in spots:
            raise TextChanged(key, None)
        piece, holder, name = spots[key]
        now = piece.texts.get(language, "")
        if now == text:
            continue
        if digest(now) != seen:
            raise TextChanged(key, now)
        kept = {one: piece.texts.get(one, "") for one in document["languages"]} | {language: text}
        holder[name] = {one: words for one, words in kept.items() if words}
    return document


def add_language(document: Document, language: str) -> Document:
    """With one language more, the last. Raises LookupError when there is no room for it."""
    languages = document["languages"]
    if language in languages:
        return document
    if len(languages) >= MOST_LANGUAGES:
        raise LookupError(language)
    return document | {"languages": [*languages, language]}


def remove_language(document: Document, language: str) -> Document:
    """Without the language and all that was written in it; the default language stays."""
    if language not in document["languages"][1:]:
        return document
    for piece, holder, name in _text_places(document):
        if language in piece.texts:
            holder[name] = {one: text for one, text in piece.texts.items() if one != language}
    rest = [one for one in document["languages"] if one != language]
    return document | {"languages": rest}


def make_default(document: Document, language: str) -> Document:
    """With ``language`` as the one that stands in for those that miss a text."""
    languages = document["languages"]
    if language not in languages:
        return document
    return document | {"languages": [language, *(one for one in languages if one != language)]}


TextPlace = tuple[Piece, Any, Any]
"""A text, and where it is: what holds it, under which name."""


def _text_places(document: Document) -> Iterator[TextPlace]:
    yield _text_place(document, "title", "", "title", must=True)
    if "summary" in document:
        yield _text_place(document, "summary", "", "summary")
    if "note" in document.get("source", {}):
        yield _text_place(document["source"], "note", "source", "note")
    for item in document["questions"]:
        yield from _in_item(item, item.get("code", ""))


def _in_item(item: dict[str, Any], code: str) -> Iterator[TextPlace]:
    is_asked = item["kind"] != PAGE
    for part in ("texts", "help", "unit"):
        if part in item or (part == "texts" and is_asked):
            yield _text_place(item, part, code, part, must=part == "texts" and is_asked)
    for number in range(len(item.get("labels", ()))):
        yield _text_place(item["labels"], number, code, "labels", str(number))
    for option in item.get("options", ()):
        yield _text_place(option, "texts", code, "options", option["code"], must=True)


def _text_place(holder: Any, name: Any, item: str, part: str, at: str = "", must: bool = False) -> TextPlace:
    texts = holder.get(name, {}) if isinstance(holder, dict) else holder[name]
    return Piece(item, part, at, texts, must), holder, name

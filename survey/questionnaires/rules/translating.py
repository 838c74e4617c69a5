"""The texts of a draft's document in its languages: finding missing texts, and changing texts. Pure.

Each text has a key of its own ("title", "quality.texts", "quality.labels.0", "visit.options.o1"), so that two
people may translate at the same time, and a table of texts can be downloaded, translated and uploaded.
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
"""Most characters of a title or a label, which are shown on one line."""
SHORT = ("title", "labels")


class TextChanged(ValueError):
    """Somebody changed the text meanwhile. ``now`` is the present text, None if its question was removed."""

    def __init__(self, key: str, now: str | None) -> None:
        super().__init__(key)
        self.key = key
        self.now = now


@dataclass(frozen=True)
class Piece:
    """A text in all its languages.

    ``item`` is the code of its question, "" for texts of the questionnaire. ``part`` is title, summary, note,
    texts, help, unit, labels or options. ``at`` is a label's number from 0, or an option's code. ``must``:
    the text may not be blank in all languages.
    """

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
        """Return whether the text is needed in all languages, because one has it or it may not be blank."""
        return self.must or not all(blank(text) for text in self.texts.values())

    def lacks(self, language: str) -> bool:
        return self.needed and blank(self.texts.get(language, ""))


@dataclass(frozen=True)
class TranslationProgress:
    """The number of texts that a language has, and the number that it needs."""

    filled: int
    needed: int

    @property
    def missing(self) -> int:
        return self.needed - self.filled

    @property
    def percent(self) -> int:
        """Return the percentage, rounded down, so that 100 means that nothing is missing."""
        return 100 * self.filled // self.needed if self.needed else 100


def pieces(document: Document) -> list[Piece]:
    """Return all texts that are needed, in reading order."""
    return [piece for piece, _holder, _name in _text_places(document) if piece.needed]


def translation_progress(document: Document) -> dict[str, TranslationProgress]:
    """Return the progress by language, the default first.

    The default language lacks exactly the texts that checking reports as "untranslated".
    """
    needed = pieces(document)
    return {
        language: TranslationProgress(sum(not piece.lacks(language) for piece in needed), len(needed))
        for language in document["languages"]
    }


def digest(text: str) -> str:
    """Return a short hash of the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def refusal_reason(piece: Piece, text: str) -> str:
    """Return why ``text`` cannot be a text of ``piece``, "long" or "characters", or ""."""
    if len(text) > piece.longest:
        return "long"
    return "characters" if FORBIDDEN.search(text) else ""


def write(document: Document, language: str, texts: Mapping[str, tuple[str, str]]) -> Document:
    """Write ``texts`` into the document and return it.

    ``texts`` are by key: the digest of the text as it was seen, and the new text ("" deletes it). Raises
    TextChanged at the first text that is neither as it was seen nor equal to the new one.
    """
    places = {piece.key: (piece, holder, name) for piece, holder, name in _text_places(document)}
    for key, (seen_digest, text) in texts.items():
        if key not in places:
            raise TextChanged(key, None)
        piece, holder, name = places[key]
        now = piece.texts.get(language, "")
        if now == text:
            continue
        if digest(now) != seen_digest:
            raise TextChanged(key, now)
        new_texts = {tag: piece.texts.get(tag, "") for tag in document["languages"]} | {language: text}
        holder[name] = {tag: words for tag, words in new_texts.items() if words}
    return document


def add_language(document: Document, language: str) -> Document:
    """Return the document with the language added at the end. Raises LookupError beyond MOST_LANGUAGES."""
    languages = document["languages"]
    if language in languages:
        return document
    if len(languages) >= MOST_LANGUAGES:
        raise LookupError(language)
    return document | {"languages": [*languages, language]}


def remove_language(document: Document, language: str) -> Document:
    """Return the document without the language and its texts; the default language is never removed."""
    if language not in document["languages"][1:]:
        return document
    for piece, holder, name in _text_places(document):
        if language in piece.texts:
            holder[name] = {tag: text for tag, text in piece.texts.items() if tag != language}
    rest = [tag for tag in document["languages"] if tag != language]
    return document | {"languages": rest}


def make_default(document: Document, language: str) -> Document:
    """Return the document with ``language`` as its default, to which missing texts fall back."""
    languages = document["languages"]
    if language not in languages:
        return document
    return document | {"languages": [language, *(tag for tag in languages if tag != language)]}


TextPlace = tuple[Piece, Any, Any]
"""A text, the object or list that contains it, and its key or index there."""


def _text_places(document: Document) -> Iterator[TextPlace]:
    yield _text_place(document, "title", "", "title", must=True)
    if "summary" in document:
        yield _text_place(document, "summary", "", "summary")
    if "note" in document.get("source", {}):
        yield _text_place(document["source"], "note", "source", "note")
    for item in document["questions"]:
        yield from _item_text_places(item, item.get("code", ""))


def _item_text_places(item: dict[str, Any], code: str) -> Iterator[TextPlace]:
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

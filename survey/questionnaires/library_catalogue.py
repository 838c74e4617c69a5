"""The catalogue of the template library: questionnaires made from regulations, to view, search and copy."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from .definition import Definition, Texts
from .publication import LIBRARY

LONGEST_SEARCH = 100
REGULATION = re.compile(r"r[0-9]{1,2}")


@dataclass(frozen=True)
class LibraryEntry:
    """A questionnaire of the library; ``name`` is that of its file. See docs/library.md."""

    name: str
    document: dict[str, Any]

    @property
    def regulation(self) -> str:
        """Return the code of the regulation that it is made from, such as "R17"."""
        return str(self.document["source"]["regulation"])

    @property
    def source(self) -> str:
        """Return the title of the regulation."""
        return str(self.document["source"]["title"])

    @cached_property
    def definition(self) -> Definition:
        return Definition.parse(self.document)

    @property
    def items(self) -> list[dict[str, Any]]:
        """Return its questions, without the pages."""
        return [item for item in self.document["questions"] if item["kind"] != "page"]

    @property
    def supplied(self) -> int:
        """Return how many of its questions are ours and not the regulation's."""
        return sum(item.get("supplied", False) for item in self.items)

    @cached_property
    def heads(self) -> list[str]:
        """Return the texts that name it, folded for the search."""
        texts = [*self.document["title"].values(), *self.document["summary"].values(), self.source, self.name]
        return [fold(text) for text in texts]

    @cached_property
    def questions(self) -> list[tuple[Texts, str]]:
        """Return the text of each question, and all of its texts folded for the search."""
        return [(item["texts"], fold("\n".join(_all_texts(item)))) for item in self.items]


@dataclass(frozen=True)
class LibraryMatch:
    """A questionnaire that a search has found. ``question_text``: the text of the question that contains the
    words, where the title and the summary do not."""

    book: LibraryEntry
    question_text: Texts | None = None


@cache
def entries() -> tuple[LibraryEntry, ...]:
    """Return all questionnaires of the library, in the order of the regulations."""
    books = [
        LibraryEntry(path.stem, dict(json.loads(path.read_text("utf-8"))))
        for path in sorted(LIBRARY.glob("*.json"))
    ]
    return tuple(sorted(books, key=lambda book: (int(book.regulation[1:]), book.name)))


def entry(name: str) -> LibraryEntry | None:
    return next((book for book in entries() if book.name == name), None)


def search(words: str) -> list[LibraryMatch]:
    """Return the questionnaires in which each of ``words`` occurs, in any language.

    Those with the words in the title or summary come first. A word such as R17 is the code of a regulation.
    Without words all are returned.
    """
    terms = fold(words[:LONGEST_SEARCH]).split()
    matches = [match for book in entries() if (match := _match(book, terms)) is not None]
    return sorted(matches, key=lambda match: match.question_text is not None)


def fold(text: str) -> str:
    """Return ``text`` in small letters and half width, with spaces for punctuation."""
    return re.sub(r"[^\w\n]+", " ", unicodedata.normalize("NFKC", text).casefold())


def _match(book: LibraryEntry, terms: list[str]) -> LibraryMatch | None:
    question_text = None
    for term in terms:
        if REGULATION.fullmatch(term):
            if term != book.regulation.casefold():
                return None
        elif not any(term in head for head in book.heads):
            question_text = next((texts for texts, text in book.questions if term in text), None)
            if question_text is None:
                return None
    return LibraryMatch(book, question_text)


def _all_texts(item: dict[str, Any]) -> Iterator[str]:
    yield from item["texts"].values()
    yield from item.get("help", {}).values()
    for option in item.get("options", ()):
        yield from option["texts"].values()

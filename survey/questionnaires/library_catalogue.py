"""The library on its shelf: questionnaires made of regulations, looked at, searched, and copied."""

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
    """A questionnaire of the library; ``name`` is its file's. See docs/library.md."""

    name: str
    document: dict[str, Any]

    @property
    def regulation(self) -> str:
        """The code of the regulation it is from: "R17"."""
        return str(self.document["source"]["regulation"])

    @property
    def source(self) -> str:
        """What the regulation calls itself."""
        return str(self.document["source"]["title"])

    @cached_property
    def definition(self) -> Definition:
        return Definition.parse(self.document)

    @property
    def items(self) -> list[dict[str, Any]]:
        """Its questions, without the pages."""
        return [item for item in self.document["questions"] if item["kind"] != "page"]

    @property
    def supplied(self) -> int:
        """How many of its questions are ours and not the regulation's."""
        return sum(item.get("supplied", False) for item in self.items)

    @cached_property
    def heads(self) -> list[str]:
        """What names it, folded for the search."""
        texts = [*self.document["title"].values(), *self.document["summary"].values(), self.source, self.name]
        return [fold(text) for text in texts]

    @cached_property
    def questions(self) -> list[tuple[Texts, str]]:
        """The text of each question, and all it says, folded for the search."""
        return [(item["texts"], fold("\n".join(_all_texts(item)))) for item in self.items]


@dataclass(frozen=True)
class LibraryMatch:
    """A book that a search has found. ``asked``: the text of the question that holds what was sought, where
    nothing that names the book does."""

    book: LibraryEntry
    asked: Texts | None = None


@cache
def entries() -> tuple[LibraryEntry, ...]:
    """All of them, in the order of the regulations."""
    found = [
        LibraryEntry(path.stem, dict(json.loads(path.read_text("utf-8"))))
        for path in sorted(LIBRARY.glob("*.json"))
    ]
    return tuple(sorted(found, key=lambda book: (int(book.regulation[1:]), book.name)))


def entry(name: str) -> LibraryEntry | None:
    return next((one for one in entries() if one.name == name), None)


def search(words: str) -> list[LibraryMatch]:
    """The books in which every one of ``words`` occurs, in any language; those that are named so first.

    A word such as R17 is a regulation's code. Without a word all are found.
    """
    terms = fold(words[:LONGEST_SEARCH]).split()
    found = [one for book in entries() if (one := _match(book, terms)) is not None]
    return sorted(found, key=lambda one: one.asked is not None)


def fold(text: str) -> str:
    """The same for capitals and small letters, for full and half width; punctuation is a space."""
    return re.sub(r"[^\w\n]+", " ", unicodedata.normalize("NFKC", text).casefold())


def _match(book: LibraryEntry, terms: list[str]) -> LibraryMatch | None:
    asked = None
    for term in terms:
        if REGULATION.fullmatch(term):
            if term != book.regulation.casefold():
                return None
        elif not any(term in head for head in book.heads):
            asked = next((texts for texts, said in book.questions if term in said), None)
            if asked is None:
                return None
    return LibraryMatch(book, asked)


def _all_texts(item: dict[str, Any]) -> Iterator[str]:
    yield from item["texts"].values()
    yield from item.get("help", {}).values()
    for option in item.get("options", ()):
        yield from option["texts"].values()

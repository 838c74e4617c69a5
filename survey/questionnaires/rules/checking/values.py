"""Checks of plain values in a document: texts, numbers and codes.

Each yields the problems of the value at ``where`` (such as "questions[3].scale") of the item ``code``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey.questionnaires.definition import NOT_APPLICABLE
from survey.questionnaires.kinds.date import day_of
from survey.questionnaires.kinds.kind import is_number
from survey.questionnaires.kinds.text import FORBIDDEN

from .problem import DocumentProblem, excerpt

Problems = Iterator[DocumentProblem]

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
OPTION_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
SLUG = re.compile(r"(?=.{1,64}\Z)(?!new\Z)[a-z0-9]+([-_][a-z0-9]+)*")
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")

LONGEST_TEXT = 2000
MOST_CHARACTERS = 2_000_000
LONGEST_DIMENSION = 40
HIGHEST_WEIGHT = 1000
FURTHEST = 10**15 - 1


@dataclass
class TextChecker:
    """The check of all texts of one document: their languages, and the characters left for further texts."""

    languages: Sequence[str]
    room: int = MOST_CHARACTERS

    def texts(self, value: Any, where: str, code: str | None = None, needed: bool = False) -> Problems:
        """Check texts by language. If there is any, or they are ``needed``, the default language is too."""
        if not isinstance(value, dict):
            yield DocumentProblem(where, "no texts", {}, code)
            return
        written = False
        for language, text in value.items():
            if language not in self.languages:
                yield DocumentProblem(where, "language", {"language": excerpt(language)}, code)
                continue
            yield from self.text(text, f"{where}.{language}", code)
            written = written or not blank(text)
        if (needed or written) and blank(value.get(self.languages[0], "")):
            yield DocumentProblem(where, "untranslated", {"language": self.languages[0]}, code)

    def text(self, value: Any, where: str, code: str | None = None, longest: int = LONGEST_TEXT) -> Problems:
        """Check a text of at most ``longest`` characters."""
        if not isinstance(value, str):
            yield DocumentProblem(where, "no text", {}, code)
            return
        if len(value) > longest:
            yield DocumentProblem(where, "too long", {"most": longest}, code)
        elif FORBIDDEN.search(value):
            yield DocumentProblem(where, "characters", {}, code)
        enough = self.room >= 0
        self.room -= len(value) + 20  # blank texts have a cost too
        if enough and self.room < 0:
            yield DocumentProblem("", "too large", {"most": MOST_CHARACTERS})


def blank(text: Any) -> bool:
    """Return whether ``text`` is a text of spaces only; a value that is no text is not blank."""
    return isinstance(text, str) and not text.strip()


def check_keys(
    value: Mapping[Any, Any], known: Mapping[str, Any] | Sequence[str], where: str, code: str | None = None
) -> Problems:
    """Check that the object has only keys in ``known``."""
    for key in value:
        if key not in known:
            yield DocumentProblem(where, "unknown key", {"key": excerpt(key)}, code)


def check_number(
    value: Any, where: str, code: str | None, low: float = -FURTHEST, high: float = FURTHEST
) -> Problems:
    """Check a number from ``low`` to ``high``, both included; true and false are not numbers."""
    if not is_number(value):
        yield DocumentProblem(where, "no number", {}, code)
    elif not low <= value <= high:  # NaN neither
        yield DocumentProblem(where, "range", {"low": low, "high": high}, code)


def check_whole_number(value: Any, where: str, code: str | None, low: int, high: int) -> Problems:
    """Check a whole number from ``low`` to ``high``, both included; 1.0 is not one."""
    if not isinstance(value, int) or isinstance(value, bool):
        yield DocumentProblem(where, "no whole number", {}, code)
    elif not low <= value <= high:
        yield DocumentProblem(where, "range", {"low": low, "high": high}, code)


def check_weight(value: Any, where: str, code: str | None = None) -> Problems:
    """Check a number above 0 and at most HIGHEST_WEIGHT."""
    if not is_number(value):
        yield DocumentProblem(where, "no number", {}, code)
    elif not 0 < value <= HIGHEST_WEIGHT:  # NaN neither
        yield DocumentProblem(where, "above zero", {"most": HIGHEST_WEIGHT}, code)


def check_boolean(value: Any, where: str, code: str | None) -> Problems:
    """Check for true or false; 1 and 0 are neither."""
    if not isinstance(value, bool):
        yield DocumentProblem(where, "no truth", {}, code)


def check_choice(value: Any, where: str, code: str | None, choices: Sequence[str]) -> Problems:
    """Check that the value is one of ``choices``."""
    if not isinstance(value, str) or value not in choices:
        yield DocumentProblem(where, "choice", {"key": excerpt(value), "choices": ", ".join(choices)}, code)


def check_dimension(value: Any, where: str, code: str | None = None) -> Problems:
    """Check the name of a dimension: not blank, at most LONGEST_DIMENSION characters."""
    if not isinstance(value, str):
        yield DocumentProblem(where, "no text", {}, code)
    elif not value.strip() or len(value) > LONGEST_DIMENSION:
        yield DocumentProblem(where, "dimension", {}, code)
    elif FORBIDDEN.search(value):
        yield DocumentProblem(where, "characters", {}, code)


def check_day(value: Any, where: str, code: str | None) -> Problems:
    """Check a day such as "2026-01-31"."""
    if day_of(value) is None:
        yield DocumentProblem(where, "date", {}, code)


def matches(value: Any, pattern: re.Pattern[str]) -> bool:
    """Return whether the value is a text that matches the pattern as a whole."""
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def check_option_code(value: Any, where: str, code: str | None) -> Problems:
    """Check the code of an option: 1 to 40 of a–z, 0–9 and "_"; not NOT_APPLICABLE."""
    if not matches(value, OPTION_CODE) or value == NOT_APPLICABLE:
        yield DocumentProblem(where, "option code", {}, code)

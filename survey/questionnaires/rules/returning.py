"""Translations from an uploaded workbook, checked against the present draft. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.questionnaires.definition import Document
from survey.refusal import N_

from .translating import Piece, digest, pieces, refusal_reason, write

REASONS: Mapping[str, str] = {
    "formula": N_("The cell contains a formula, not text."),
    "no key": N_("The key is missing, so the text cannot be matched."),
    "unknown key": N_("The questionnaire has no text “%(key)s”."),
    "twice": N_("This text is already in row %(row)s."),
    "base": N_("The original has changed to: “%(now)s”."),
    "long": N_("At most %(number)s characters."),
    "characters": N_("It contains characters that cannot be shown."),
}
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class TranslationRow:
    """A row of the table: its number in the file, the text's key, the original and the translation."""

    number: int
    key: str
    base: str
    text: str
    formula: bool = False


@dataclass(frozen=True)
class TranslationSheet:
    """The table of a workbook. ``base`` and ``language`` are the tags of the original and the translation."""

    base: str
    language: str
    rows: tuple[TranslationRow, ...]


@dataclass(frozen=True)
class TranslationProblem:
    """A problem in a row. ``reason`` is a key of REASONS; ``detail`` fills in its sentence."""

    row: int
    key: str
    reason: str
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return REASONS[self.reason]


@dataclass(frozen=True)
class TranslationChange:
    """A change of a text that a row makes."""

    row: int
    piece: Piece
    before: str
    after: str


@dataclass(frozen=True)
class CheckedTranslations:
    """The changes that valid rows would make, and the problems of others; all other rows change nothing."""

    changes: tuple[TranslationChange, ...]
    problems: tuple[TranslationProblem, ...]


def check(document: Document, language: str, rows: Iterable[TranslationRow]) -> CheckedTranslations:
    """Return the changes and problems of ``rows``.

    A blank translation leaves the text as it is, so that an unfinished workbook deletes nothing.
    """
    default = document["languages"][0]
    pieces_by_key = {piece.key: piece for piece in pieces(document)}
    first_rows: dict[str, int] = {}
    changes, problems = [], []
    for row in rows:
        piece = pieces_by_key.get(row.key)
        if not row.text and not row.formula:
            continue
        problem = _problem(row, piece, default, first_rows)
        if problem is not None:
            problems.append(problem)
        elif piece is not None and row.text != piece.texts.get(language, ""):
            changes.append(TranslationChange(row.number, piece, piece.texts.get(language, ""), row.text))
        first_rows.setdefault(row.key, row.number)
    return CheckedTranslations(tuple(changes), tuple(problems))


def apply(document: Document, language: str, changes: Iterable[TranslationChange]) -> Document:
    """Return the document with the changes made.

    Raises translating.TextChanged when a text is no longer as it was when it was checked.
    """
    texts = {change.piece.key: (digest(change.before), change.after) for change in changes}
    return write(document, language, texts)


def _problem(
    row: TranslationRow, piece: Piece | None, default: str, first_rows: Mapping[str, int]
) -> TranslationProblem | None:
    key = _shorten(row.key)
    if not row.key:
        return TranslationProblem(row.number, key, "no key")
    if piece is None:
        return TranslationProblem(row.number, key, "unknown key", {"key": key})
    if row.key in first_rows:
        return TranslationProblem(row.number, key, "twice", {"row": first_rows[row.key]})
    if row.formula:
        return TranslationProblem(row.number, key, "formula")
    now = piece.texts.get(default, "").replace("\r\n", "\n").strip()
    if row.base != now:
        return TranslationProblem(row.number, key, "base", {"now": _shorten(now)})
    reason = refusal_reason(piece, row.text)
    return TranslationProblem(row.number, key, reason, {"number": piece.longest}) if reason else None


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"

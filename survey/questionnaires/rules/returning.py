"""Texts that come back from a translator, beside the draft as it is now. Pure."""

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
    """One row of the table: its number in the file, the text's key, the original, the translation."""

    number: int
    key: str
    base: str
    text: str
    formula: bool = False


@dataclass(frozen=True)
class TranslationSheet:
    """``base`` and ``language`` are the tags of the original and of the translation."""

    base: str
    language: str
    rows: tuple[TranslationRow, ...]


@dataclass(frozen=True)
class TranslationProblem:
    """``reason``: a key of REASONS, filled in by ``detail``."""

    row: int
    key: str
    reason: str
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return REASONS[self.reason]


@dataclass(frozen=True)
class TranslationChange:
    row: int
    piece: Piece
    before: str
    after: str


@dataclass(frozen=True)
class CheckedTranslations:
    """What the rows would change, what is wrong with others; the rest says what is there already."""

    changes: tuple[TranslationChange, ...]
    problems: tuple[TranslationProblem, ...]


def check(document: Document, language: str, rows: Iterable[TranslationRow]) -> CheckedTranslations:
    """A blank translation leaves the text as it is: who translated nothing takes nothing away."""
    default = document["languages"][0]
    known = {piece.key: piece for piece in pieces(document)}
    met: dict[str, int] = {}
    changes, problems = [], []
    for row in rows:
        piece = known.get(row.key)
        if not row.text and not row.formula:
            continue
        problem = _problem(row, piece, default, met)
        if problem is not None:
            problems.append(problem)
        elif piece is not None and row.text != piece.texts.get(language, ""):
            changes.append(TranslationChange(row.number, piece, piece.texts.get(language, ""), row.text))
        met.setdefault(row.key, row.number)
    return CheckedTranslations(tuple(changes), tuple(problems))


def apply(document: Document, language: str, changes: Iterable[TranslationChange]) -> Document:
    """Raises translating.TextChanged where a text is no longer as it was when it was checked."""
    texts = {change.piece.key: (digest(change.before), change.after) for change in changes}
    return write(document, language, texts)


def _problem(
    row: TranslationRow, piece: Piece | None, default: str, met: Mapping[str, int]
) -> TranslationProblem | None:
    key = _short(row.key)
    if not row.key:
        return TranslationProblem(row.number, key, "no key")
    if piece is None:
        return TranslationProblem(row.number, key, "unknown key", {"key": key})
    if row.key in met:
        return TranslationProblem(row.number, key, "twice", {"row": met[row.key]})
    if row.formula:
        return TranslationProblem(row.number, key, "formula")
    now = piece.texts.get(default, "").replace("\r\n", "\n").strip()
    if row.base != now:
        return TranslationProblem(row.number, key, "base", {"now": _short(now)})
    reason = refusal_reason(piece, row.text)
    return TranslationProblem(row.number, key, reason, {"number": piece.longest}) if reason else None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
